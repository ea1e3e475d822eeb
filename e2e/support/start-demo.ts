// Starts the demo before the journeys, in an empty folder, and stops it afterwards.
//
// MAINSTAY_READY_FILE may name the ready file of a demo that runs already; then that one is used and left alone.

import { spawn } from "node:child_process";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const BINARY = join(import.meta.dirname, "../../target/debug/mainstay");

/** How long the demo may take to write its history and to answer, in milliseconds. */
const START = 180_000;

/** How long it may take to stop, in milliseconds. */
const STOP = 20_000;

export default async function startDemo(): Promise<(() => Promise<void>) | void> {
  if (process.env.MAINSTAY_READY_FILE) return;
  const folder = await mkdtemp(join(tmpdir(), "mainstay-e2e-"));
  const readyFile = join(folder, "ready.json");
  const logFile = join(folder, "log");
  const log = await open(logFile, "w");
  const demo = spawn(
    process.env.MAINSTAY_BINARY ?? BINARY,
    ["demo", "--listen", "127.0.0.1:0", "--data", join(folder, "data"), "--ready-file", readyFile],
    // A panic is one line then, and not lost behind a hundred of the stack.
    { stdio: ["ignore", log.fd, log.fd], env: { ...process.env, RUST_BACKTRACE: "0" } },
  );
  let ended: string | undefined;
  demo.once("error", (error) => (ended = error.message));
  demo.once("exit", (code, signal) => (ended ??= `it ended with ${code ?? signal}`));

  const deadline = Date.now() + START;
  while (!(await isReady(readyFile))) {
    if (ended !== undefined || Date.now() > deadline) {
      demo.kill("SIGKILL");
      const said = await readFile(logFile, "utf8");
      throw new Error(`The demo does not answer: ${ended ?? "it takes too long"}.\n${said.slice(-4000)}`);
    }
    await pause(100);
  }
  process.env.MAINSTAY_READY_FILE = readyFile;

  return async () => {
    const crashed = ended;
    if (crashed === undefined) {
      const stopped = new Promise<void>((resolve) => demo.once("exit", () => resolve()));
      demo.kill("SIGTERM");
      const timer = setTimeout(() => demo.kill("SIGKILL"), STOP);
      await stopped;
      clearTimeout(timer);
    }
    await log.close();
    const said = await readFile(logFile, "utf8");
    await rm(folder, { recursive: true });
    if (crashed !== undefined) throw new Error(`The demo did not live to the end: ${crashed}.\n${said.slice(-4000)}`);
    // What a page called "our fault" stands in no picture of it.
    const faults = said.split("\n").filter((line) => line.includes("ERROR"));
    if (faults.length > 0) console.log(`Errors in the demo's log, the last of ${faults.length}:\n${faults.slice(-20).join("\n")}`);
    if (said.includes("panicked at")) throw new Error(`Something panicked in the demo:\n${said.slice(-4000)}`);
  };
}

/** Whether the file is there and whole. */
async function isReady(file: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
