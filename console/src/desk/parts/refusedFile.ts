// Refused rows inside an answer, saved as the file that they come back as.
import type { RefusedFile } from '../../api';
import { fromBase64 } from '../../shared/bytes';
import { saveBlob } from './saveText';

export function saveRefused(file: RefusedFile): void {
  const content = fromBase64(file.content);
  if (content) saveBlob(file.file_name, new Blob([content], { type: file.content_type }));
}
