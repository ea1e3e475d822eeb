// A fake router of a journey's own, to which it can do what happens to routers.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const BINARY = join(import.meta.dirname, "../../target/debug/fake-router");

/** A command of each poll, and of nothing else. */
const OF_A_POLL = "/system/clock/print";

/** How one signs in to it, without encryption. */
export interface Account {
  host: string;
  port: number;
  user: string;
  password: string;
}

export class FakeRouter {
  readonly account: Account;
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(process: ChildProcess, lines: AsyncIterator<string>, account: Account) {
    this.#process = process;
    this.#lines = lines;
    this.account = account;
  }

  /** Starts one with the interfaces ether1 to ether10. */
  static async start(): Promise<FakeRouter> {
    const router = spawn(BINARY, { stdio: ["pipe", "pipe", "inherit"] });
    await once(router, "spawn");
    const lines = createInterface(router.stdout)[Symbol.asyncIterator]();
    const { address, user, password } = JSON.parse(await next(lines));
    const { hostname, port } = new URL(`api://${address}`);
    const ready = await next(lines);
    if (ready !== "ready") throw new Error(`The fake router said ${ready}`);
    return new FakeRouter(router, lines, { host: hostname, port: Number(port), user, password });
  }

  /** Does what the words say, as `down ether1`; they are in e2e/fakes/src/router/control.rs. Gives what they ask for. */
  async obey(words: string): Promise<string> {
    this.#process.stdin?.write(`router 0 ${words}\n`);
    const [answer, ...rest] = (await next(this.#lines)).split(" ");
    if (answer !== "ok") throw new Error(`The fake router answered "${words}" with ${answer} ${rest.join(" ")}`);
    return rest.join(" ");
  }

  /** How often it was polled. */
  async polls(): Promise<number> {
    return Number(await this.obey(`served ${OF_A_POLL}`));
  }

  /** Waits for the next poll. */
  async nextPoll(): Promise<void> {
    await this.obey(`next ${OF_A_POLL}`);
  }

  /** When an interface last went down, and when it last came up: milliseconds since 1970. */
  async stamps(name: string): Promise<{ down: number; up: number }> {
    const [down, up] = (await this.obey(`stamps ${name}`)).split(" ").map(Number);
    if (!down || !up) throw new Error(`The fake router has no stamps of ${name}`);
    return { down, up };
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.stdin?.end();
    await ended;
  }
}

async function next(lines: AsyncIterator<string>): Promise<string> {
  const { value, done } = await lines.next();
  if (done) throw new Error("The fake router has ended");
  return value;
}
