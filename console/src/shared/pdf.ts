// Documents in the browser, by pdf.js: loaded when the first one is opened. Its older build is for older phones.
import type { PDFDocumentProxy } from 'pdfjs-dist';

export type Pdf = PDFDocumentProxy;

async function open(source: { url: string } | { data: ArrayBuffer }): Promise<Pdf> {
  const [pdfjs, worker] = await Promise.all([import('pdfjs-dist/legacy/build/pdf.mjs'), import('pdfjs-dist/legacy/build/pdf.worker.min.mjs?url')]);
  pdfjs.GlobalWorkerOptions.workerSrc = worker.default;
  // No WebAssembly: the page's security policy does not compile any. What stands in for it comes from the same folder.
  return pdfjs.getDocument({ ...source, useWasm: false, wasmUrl: '/pdf/', cMapUrl: '/pdf/', cMapPacked: true }).promise;
}

export function openPdf(url: string): Promise<Pdf> {
  return open({ url });
}

/** How many pages a file has; null for one that is no document. */
export async function countPages(file: Blob): Promise<number | null> {
  try {
    const pdf = await open({ data: await file.arrayBuffer() });
    const count = pdf.numPages;
    await pdf.loadingTask.destroy();
    return count;
  } catch {
    return null;
  }
}
