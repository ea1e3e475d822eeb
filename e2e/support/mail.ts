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
  /** Any header, unfolded; empty where there is none. */
  header(name: string): string;
  /** The first file of this type that is attached. */
  attached(type: string): Buffer | undefined;
}

/** The newest mail to this address, once there is one, with a subject of this kind where one is asked for. */
export async function mailTo(demo: Demo, address: string, subject = /./): Promise<Mail> {
  let found: Mail | undefined;
  await expect(async () => {
    const ours = (mail: Mail) => mail.to.includes(`<${address}>`) && subject.test(mail.subject);
    found = (await mails(demo.mailFolder)).findLast(ours);
    expect(found, `a mail to ${address} with ${subject}`).toBeDefined();
  }).toPass({ timeout: 60_000 });
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
  // A line of dashes may be the text's own: only the mail's boundaries end a part.
  const boundaries = Array.from(raw.matchAll(/boundary="([^"]+)"/g), ([, boundary]) => boundary);
  const part = (type: string) => {
    const at = raw.search(new RegExp(`^Content-Type: ${type}`, "im"));
    if (at < 0) return undefined;
    const [head = "", ...rest] = raw.slice(at).split("\r\n\r\n");
    const ends = new RegExp(`\r\n--(?:${boundaries.join("|") || "$"})`);
    return { head, body: rest.join("\r\n\r\n").split(ends)[0] ?? "" };
  };
  const { head, body } = part("text/plain") ?? { head: "", body: "" };
  const text = /quoted-printable/i.test(head) ? unquoted(body) : body;
  const attached = (type: string) => {
    const file = part(type)?.body;
    return file === undefined ? undefined : Buffer.from(file, "base64");
  };
  return { to: header("To"), subject: header("Subject"), text: Buffer.from(text, "latin1").toString("utf8"), header, attached };
}

function unquoted(text: string): string {
  return text
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
