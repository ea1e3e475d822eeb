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

/**
 * Expects no serious or critical fault on the page as it is.
 *
 * axe is a script itself, so it can look only where scripts run; without them the page is made of the same HTML.
 */
export async function expectAccessible(page: Page): Promise<void> {
  if (!hasScripts()) return;
  await test.step(`axe on ${new URL(page.url()).pathname}`, async () => {
    // Colours that fade in are not yet those that will be read.
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
    await page.evaluate(AXE);
    const results = await page.evaluate(
      (options) => (window as unknown as { axe: { run(o: unknown): Promise<AxeResults> } }).axe.run(options),
      OPTIONS,
    );
    const faults = results.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 3).map((node) => node.html.slice(0, 200)) }));
    expect(faults).toEqual([]);
  });
}
