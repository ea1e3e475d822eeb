// The client users' pages.

import type { Download, Locator, Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { expect, hasScripts } from "./test.ts";

export type Range = "24 h" | "7 d" | "30 d" | "1 y";

/** Opens a link from wherever its name is shown as a link. */
export async function openLink(page: Page, name: string): Promise<void> {
  await page.getByRole("main").getByRole("link", { name, exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

export async function chooseRange(page: Page, range: Range): Promise<void> {
  const tab = page.getByRole("navigation", { name: "Range" }).getByRole("link", { name: range });
  await tab.click();
  await expect(tab).toHaveAttribute("aria-current", "page");
}

/** The card with this heading. */
export function card(page: Page, heading: string | RegExp): Locator {
  return page.locator("section", { has: page.getByRole("heading", { name: heading }) }).last();
}

/** Clicks what downloads a file, and reads the file as rows of named fields. */
export async function downloadCsv(page: Page, link: Locator): Promise<{ name: string; rows: Record<string, string>[] }> {
  const [download]: [Download, unknown] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { name: download.suggestedFilename(), rows: readCsv(await readFile(await download.path(), "utf8")) };
}

/** The rows of a file whose first line names the fields. */
export function readCsv(text: string): Record<string, string>[] {
  const [head, ...lines] = parseCsv(text);
  return lines.map((line) => Object.fromEntries((head ?? []).map((name, at) => [name, line[at] ?? ""])));
}

/** RFC 4180, as far as our own files go. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === "" && row.length === 0 && !quoted && !plain) break;
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/**
 * Waits until the page shows `what`: by itself where scripts run, after a reload where they don't.
 */
export async function expectToAppear(page: Page, what: Locator, timeout: number): Promise<void> {
  if (hasScripts()) {
    await expect(what).toBeVisible({ timeout });
    return;
  }
  await expect(async () => {
    await page.reload();
    await expect(what).toBeVisible({ timeout: 100 });
  }).toPass({ timeout, intervals: [100, 400, 1_000] });
}
