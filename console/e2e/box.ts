// A box at the door: `fugong gate` in a folder and a process of its own, against the instance of the journey.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const binary = resolve(process.env.FUGONG_BINARY ?? join(import.meta.dirname, '../../target/debug/fugong'));

export interface Box {
  /** Of its screen. */
  url: string;
  stop: () => Promise<void>;
}

/** Linked by a code and running; it has a reader that types into its screen, and what `more` puts into its folder and settings. */
export async function startBox(server: string, code: string, more?: (folder: string, binary: string) => Promise<string>): Promise<Box> {
  const folder = await mkdtemp(join(tmpdir(), 'fugong-box-'));
  await promisify(execFile)(binary, ['gate', 'link', '--data', folder, '--server', server, '--code', code]);
  const port = await freePort();
  const settings = more ? await more(folder, binary) : '';
  await writeFile(join(folder, 'gate.toml'), `${settings}[page]\nlisten = "127.0.0.1:${port}"\n`);
  const child = spawn(binary, ['gate', 'run', '--data', folder], { stdio: 'ignore' });
  return { url: `http://127.0.0.1:${port}`, stop: () => ended(child, folder) };
}

async function ended(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const closed = new Promise((done) => child.once('close', done));
    child.kill('SIGINT');
    await closed;
  }
  await rm(folder, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address === null || typeof address === 'string' ? fail(new Error('no port')) : done(address.port)));
    });
  });
}
