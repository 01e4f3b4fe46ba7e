// A portrait for enrolment: made small enough to travel before it leaves. It is kept nowhere.
import { shrunk } from './visits/picture';

/** As it came where the browser cannot draw it: the server says what is wrong. */
export async function portrait(file: Blob): Promise<Blob> {
  try {
    return new Blob([await shrunk(file)], { type: 'image/jpeg' });
  } catch {
    return file;
  }
}
