// What a box with a thermal camera sees: a real photograph, and a thermal frame that is painted where its face is. No device gives both.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';

const tools = resolve(import.meta.dirname, '../../.tools');
const photograph = join(tools, 'photographs/one-a-1.jpg');
const [WIDTH, HEIGHT, ROOM, SKIN, PLATE] = [640, 512, 23, 33.9, 35];
const [FOCAL_VISIBLE, FOCAL_THERMAL] = [1500, 1040];
/** Between the middles of two eyes, from there to the inner corners, and what the corner of an eye spans; millimetres. */
const [EYES, INNER, SPOT] = [63, 15, 8];

interface Point { x: number; y: number }
interface Looked { picture: { width: number; height: number }; faces: { landmarks: { left_eye: Point; right_eye: Point } }[] }

/** Fills a box's folder with a camera and a thermal camera that see one person; the settings come back. */
export async function warmEyes(folder: string, binary: string): Promise<string> {
  const { stdout } = await promisify(execFile)(binary, ['inspect', 'face', photograph, '--models', join(tools, 'models')]);
  const { picture, faces } = JSON.parse(stdout) as Looked;
  const { left_eye, right_eye } = faces[0]!.landmarks;
  const seen = (it: Point): Point => ({ x: ((it.x - picture.width / 2) * FOCAL_THERMAL) / FOCAL_VISIBLE + WIDTH / 2, y: ((it.y - picture.height / 2) * FOCAL_THERMAL) / FOCAL_VISIBLE + HEIGHT / 2 });
  for (const name of ['recorded', 'thermal']) await mkdir(join(folder, name));
  await copyFile(photograph, join(folder, 'recorded/0.jpg'));
  await writeFile(join(folder, 'thermal/0.png'), frame(seen(left_eye), seen(right_eye)));
  await writeFile(join(folder, 'rig.toml'), rig(picture));
  return [
    `models = ${JSON.stringify(join(tools, 'models'))}`,
    '[camera]', 'kind = "folder"', 'path = "recorded"', 'frames_per_s = 8.0', 'repeat = true',
    '[thermal]', 'rig = "rig.toml"', `air_c = ${ROOM}.0`, 'pairing = true',
    '[thermal.source]', 'kind = "folder"', 'path = "thermal"', '',
  ].join('\n');
}

function rig({ width, height }: Looked['picture']): string {
  const lens = (name: string, w: number, h: number, focal: number) => `[${name}]\nwidth_px = ${w}\nheight_px = ${h}\nfocal_px = [${focal}.0, ${focal}.0]\ncentre_px = [${(w / 2).toFixed(1)}, ${(h / 2).toFixed(1)}]\n`;
  return `version = 1\nrig = "journey"\ncalibrated_on = 2026-11-20\ncamera_model = "flir_a325sc"\n${lens('visible', width, height, FOCAL_VISIBLE)}${lens('thermal', WIDTH, HEIGHT, FOCAL_THERMAL)}`
    + '[thermal_from_visible]\nrotation = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]\ntranslation_mm = [0.0, 0.0, 0.0]\nresidual_mm = 1.0\ndepth_mm = [200, 3000]\n'
    + `[[blackbody]]\nset_c = ${PLATE}.0\nu_k = 0.05\nemissivity = 0.98\nplace = { left = 20, top = 20, width = 40, height = 40 }\n`;
}

/** A hundredth of a kelvin a count, as some cameras write it. */
function frame(left: Point, right: Point): Buffer {
  const mm = EYES / Math.hypot(left.x - right.x, left.y - right.y);
  const middle = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  const inner = [left, right].map((it) => ({ x: it.x + ((middle.x - it.x) * INNER * 2) / EYES, y: it.y + ((middle.y - it.y) * INNER * 2) / EYES }));
  const spots = [...inner.map((at) => ({ at, width: SPOT, above: 1.5 })), { at: { x: middle.x - 50 / mm, y: middle.y + 20 / mm }, width: 14, above: 1.4 }];
  const celsius = (x: number, y: number): number => {
    if (x >= 20 && x < 60 && y >= 20 && y < 60) return PLATE;
    const [dx, dy] = [(x - middle.x) * mm, (y - middle.y) * mm];
    if ((dx / 75) ** 2 + ((dy - 15) / 110) ** 2 > 1) return ROOM;
    const warmer = spots.map(({ at, width, above }) => above * Math.exp((-4 * Math.LN2 * mm * mm * ((x - at.x) ** 2 + (y - at.y) ** 2)) / (width * width)));
    return SKIN + warmer.reduce((sum, it) => sum + it, 0);
  };
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 2));
  for (let y = 0; y < HEIGHT; y += 1) for (let x = 0; x < WIDTH; x += 1) rows.writeUInt16BE(Math.round((celsius(x, y) + 273.15) * 100), y * (1 + WIDTH * 2) + 1 + x * 2);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  // 16 bits, grey.
  head.set([16, 0, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
