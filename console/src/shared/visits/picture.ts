// A picture from the camera, made small enough for a slow network. Drawing it anew leaves behind what the camera wrote beside it.
import type { PhonePosition } from './store';

const LONGEST = 1920;
const QUALITY = 0.82;

export async function shrunk(file: Blob): Promise<ArrayBuffer> {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
    if (!blob) throw new Error('no picture');
    return await blob.arrayBuffer();
  } finally {
    image.close();
  }
}

/** Where the phone is, if it says so soon: nobody waits at a gate for satellites. */
export function whereabouts(): Promise<PhonePosition | null> {
  if (!('geolocation' in navigator)) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon_deg: coords.longitude, lat_deg: coords.latitude, accuracy_m: coords.accuracy }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: 4_000, maximumAge: 60_000 },
    );
  });
}
