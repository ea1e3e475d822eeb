// What the demo's fake mail server took: one file a mail, read as a mail program reads it, as far as journeys ask.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Demo } from "./demo.ts";
import { expect } from "./test.ts";

export interface Mail {
  to: string;
  subject: string;
  /** The plain text. */
  text: string;
}

/** The newest mail to this address, once there is one. */
export async function mailTo(demo: Demo, address: string): Promise<Mail> {
  let found: Mail | undefined;
  await expect(async () => {
    found = (await mails(demo.mailFolder)).findLast((mail) => mail.to.includes(`<${address}>`));
    expect(found, `a mail to ${address}`).toBeDefined();
  }).toPass({ timeout: 20_000 });
  if (!found) throw new Error(`There is no mail to ${address}`);
  return found;
}

async function mails(folder: string): Promise<Mail[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith(".eml")).sort();
  return Promise.all(files.map(async (name) => read(await readFile(join(folder, name), "latin1"))));
}

function read(raw: string): Mail {
  const header = (name: string) =>
    new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, "im").exec(raw)?.[1]?.replaceAll(/\r\n[ \t]/g, " ") ?? "";
  const part = raw.slice(raw.search(/^Content-Type: text\/plain/im));
  const [head = "", ...rest] = part.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n").split("\r\n--")[0] ?? "";
  const text = /quoted-printable/i.test(head) ? unquoted(body) : body;
  return { to: header("To"), subject: header("Subject"), text: Buffer.from(text, "latin1").toString("utf8") };
}

function unquoted(text: string): string {
  return text
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
