// SLA reports: their list, their page and their files.

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Locator, Page } from "@playwright/test";
import type { Demo } from "./demo.ts";
import { expect, hasScripts } from "./test.ts";

/** The links of the demo's client of which a finished month was breached: one for the journeys that change reports
 *  with scripts, and one for those without, because both share one demo. */
export const BREACHED = { js: "Harbour Hotels · Hamburg", nojs: "Harbour Hotels · Leipzig" };

/** The one that is this journey's own. */
export function ownBreachedLink(): string {
  return hasScripts() ? BREACHED.js : BREACHED.nojs;
}

/** Opens the newest breached report of a link from the list, and gives its month as it is written. */
export async function openBreached(page: Page, demo: Demo, area: "portal" | "admin", link: string): Promise<string> {
  const row = page.getByRole("table", { name: "Reports" }).getByRole("row").filter({ hasText: link }).first();
  // The demo makes its reports while it runs.
  await expect(async () => {
    await page.goto(`${demo.ours.url}/${area}/reports?verdict=breached`);
    await expect(row).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await row.getByRole("rowheader").getByRole("link").click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toContainText(`${link} · `);
  return (await heading.innerText()).split(" · ").at(-1) ?? "";
}

/** The uptime that stands beside its target. */
export async function uptime(page: Page): Promise<string> {
  const row = page.getByRole("table", { name: "Targets and results" }).getByRole("row", { name: /^Uptime/ });
  return plain(await row.getByRole("cell").nth(1).innerText());
}

/** Makes the report that is shown again. */
export async function makeAgain(page: Page, reason: string): Promise<void> {
  await page.getByRole("textbox", { name: "Reason" }).fill(reason);
  await page.getByRole("button", { name: "Make it again" }).click();
  await expect(page.getByText("Another revision was made. It counts from now on.")).toBeVisible();
}

/** What a page shows as `19 Oct 2026, 17:00 CEST`, as a field takes it: on the same clock, so many minutes later. */
export function typed(shown: string, minutes: number): string {
  const [, day, time] = /^(\d+ \w+ \d+), (\d\d:\d\d)/.exec(shown) ?? [];
  const at = new Date(`${day} ${time} UTC`);
  return new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 16);
}

/** What the report's own facts say under this label. */
export function fact(page: Page, label: string): Locator {
  const card = page.locator("section", { has: page.getByRole("heading", { name: "This report" }) }).last();
  return card.locator("dt", { hasText: new RegExp(`^${label}$`) }).locator("xpath=following-sibling::dd[1]");
}

/** Clicks what downloads a file. */
export async function download(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The text of a PDF, as whoever copies from it has it. */
export async function pdfText(bytes: Buffer): Promise<string> {
  expect(bytes.subarray(0, 4).toString("latin1")).toBe("%PDF");
  const running = promisify(execFile)("pdftotext", ["-layout", "-", "-"]);
  running.child.stdin?.end(bytes);
  return plain((await running).stdout);
}

/** With spaces that break, and one at a time. */
export function plain(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
