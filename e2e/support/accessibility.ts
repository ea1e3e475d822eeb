// What axe says of a page.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";
import { expect, hasScripts, test } from "./test.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const OPTIONS: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
};

/** Expects no serious or critical fault on the page as it is. */
export async function expectAccessible(page: Page): Promise<void> {
  await test.step(`axe on ${new URL(page.url()).pathname}`, async () => {
    let results: AxeResults | undefined;
    // A click returns before the page that it leads to is there, and who leaves in the middle of a look ends it.
    await expect(async () => {
      await page.waitForLoadState("load");
      results = hasScripts() ? await look(page) : await lookAtCopy(page);
    }).toPass({ timeout: 20_000 });
    const faults = results!.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 3).map((node) => node.html.slice(0, 200)) }));
    expect(faults).toEqual([]);
  });
}

async function look(page: Page): Promise<AxeResults> {
  // Colours that fade in are not yet those that will be read.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  await page.evaluate(AXE);
  return page.evaluate(
    (options) => (window as unknown as { axe: { run(o: unknown): Promise<AxeResults> } }).axe.run(options),
    OPTIONS,
  );
}

/** axe is a script itself: where none run, it looks at the same HTML on a page where only it does. */
async function lookAtCopy(page: Page): Promise<AxeResults> {
  const html = (await page.content()).replaceAll(/<script\b[^>]*><\/script>/g, "");
  // A page that is on its way, or asks for itself again, has nothing in it for a moment.
  expect(html).toContain("</main>");
  const context = await page.context().browser()?.newContext({ javaScriptEnabled: true });
  if (!context) throw new Error("the page has no browser");
  try {
    const copy = await context.newPage();
    await copy.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
    await copy.goto(page.url());
    return await look(copy);
  } finally {
    await context.close();
  }
}
