// A private server: the real binary with a small demo district in a folder of its own, ended and removed afterwards.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface SignIn {
  role: string;
  login: string;
  password: string;
  pin: string | null;
  totp_secret: string | null;
}

/** What `fugong demo --ready-file` writes once it serves. */
export interface Ready {
  base_url: string;
  devices_url: string;
  sign_ins: SignIn[];
  gate_enrolment: { gate_id: string; code: string };
  devices: { id: string; gate_id: string; site_id: string; serial: string; mac: string; direction: string; path: string }[];
  people: { employee_no: string; site_id: string; phone: string; document_tail: string }[];
}

export interface Instance {
  ready: Ready;
  /** Everything the server has printed so far. */
  log: () => string;
  stop: () => Promise<void>;
  /** Kills the server as a power cut does; its data and ports stay reserved for `startAgain`. */
  kill: () => Promise<void>;
  /** The same data on the same ports. The demo makes new secrets at every start: `ready` is renewed in place. */
  startAgain: () => Promise<void>;
}

export interface InstanceOptions {
  player?: 'none' | 'morning';
  size?: string;
  /** Extra arguments of `fugong demo`. */
  args?: string[];
}

const startWithinMs = 180_000;
const stopWithinMs = 10_000;
const keptLogChars = 20_000;

export async function startInstance(options: InstanceOptions = {}): Promise<Instance> {
  const binary = resolve(process.env.FUGONG_BINARY ?? join(import.meta.dirname, '../../target/debug/fugong'));
  if (!existsSync(binary)) throw new Error(`no binary at ${binary}: build it, or set FUGONG_BINARY`);
  const folder = await mkdtemp(join(tmpdir(), 'fugong-e2e-'));
  const readyFile = join(folder, 'ready.json');
  const [http, devices] = await freePorts();
  const args = [
    'demo',
    '--data', join(folder, 'data'),
    '--http', `127.0.0.1:${http}`,
    '--devices', `127.0.0.1:${devices}`,
    '--size', options.size ?? 'small',
    '--player', options.player ?? 'none',
    '--ready-file', readyFile,
    ...(options.args ?? []),
  ];
  let printed = '';
  const keep = (chunk: Buffer) => { printed = (printed + chunk.toString('utf8')).slice(-keptLogChars); };
  const launch = async () => {
    await rm(readyFile, { force: true });
    const running = spawnServer(binary, args, folder, keep);
    try {
      return { ...running, ready: await waitForReady(running.child, readyFile) };
    } catch (error) {
      await end(running, 'SIGINT');
      throw new Error(`${(error as Error).message}\n--- fugong ${args.join(' ')}\n${printed}`);
    }
  };
  const cleanUp = async () => {
    if (process.env.FUGONG_E2E_LOG) await writeFile(process.env.FUGONG_E2E_LOG, printed, { flag: 'a' });
    await rm(folder, { recursive: true, force: true });
  };
  let current: Awaited<ReturnType<typeof launch>>;
  try {
    current = await launch();
  } catch (error) {
    await cleanUp();
    throw error;
  }
  const { ready } = current;
  return {
    ready,
    log: () => printed,
    stop: async () => {
      await end(current, 'SIGINT');
      await cleanUp();
    },
    kill: () => end(current, 'SIGKILL'),
    startAgain: async () => {
      current = await launch();
      Object.assign(ready, current.ready);
    },
  };
}

interface Running { child: ChildProcess; ended: Promise<void> }

/** A process group of its own, so that the player and anything else it starts ends with it. */
function spawnServer(binary: string, args: string[], cwd: string, keep: (chunk: Buffer) => void): Running {
  const child = spawn(binary, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((done) => { child.once('close', () => done()); child.once('error', () => done()); });
  return { child, ended };
}

async function waitForReady(child: ChildProcess, readyFile: string): Promise<Ready> {
  const deadline = Date.now() + startWithinMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended with ${child.exitCode ?? child.signalCode} before it was ready`);
    if (child.pid === undefined) throw new Error('the server could not be started');
    const ready = await readReady(readyFile);
    if (ready !== undefined) return ready;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`the server was not ready within ${startWithinMs / 1000} s`);
}

/** Nothing while the file is absent or half written. */
async function readReady(readyFile: string): Promise<Ready | undefined> {
  try {
    return JSON.parse(await readFile(readyFile, 'utf8')) as Ready;
  } catch {
    return undefined;
  }
}

async function end({ child, ended }: Running, first: NodeJS.Signals): Promise<void> {
  const kill = (signal: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // The group is already gone.
    }
  };
  kill(first);
  const timer = setTimeout(() => kill('SIGKILL'), stopWithinMs);
  await ended;
  clearTimeout(timer);
  kill('SIGKILL');
}

/** Two ports that were free a moment ago; both are held until both are known. */
async function freePorts(): Promise<[number, number]> {
  const listen = () => new Promise<ReturnType<typeof createServer>>((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => done(server));
  });
  const servers = [await listen(), await listen()];
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return [ports[0] ?? 0, ports[1] ?? 0];
}
