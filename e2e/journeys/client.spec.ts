// A customer looks after their links.

import { expectAccessible } from "../support/accessibility.ts";
import { card, chooseRange, downloadCsv, openLink } from "../support/portal.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

const LINK = "Harbour Hotels · Hamburg";

/** Slots of five minutes in a week. */
const WEEK = 7 * 288;

test.beforeEach(async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal"));
});

test("a client opens a link, looks back a week, reads the numbers and downloads them", async ({ page }) => {
  await expectAccessible(page);
  await openLink(page, LINK);
  await expectAccessible(page);

  await chooseRange(page, "7 d");
  await expect(page).toHaveURL(/range=7d/);
  await expect(page.getByRole("heading", { name: "Outages, the last 7 days" })).toBeVisible();
  // The demo's link was down for twenty minutes two days ago.
  const outages = page.getByRole("table", { name: /outages/i });
  await expect(outages.getByRole("row")).not.toHaveCount(1);

  const { name, rows } = await downloadCsv(page, page.getByRole("link", { name: "CSV" }));
  expect(name).toMatch(/\.csv$/);
  expect(rows.length).toBeGreaterThan(WEEK - 20);
  expect(rows.length).toBeLessThanOrEqual(WEEK + 1);
  const starts = rows.map((row) => Date.parse(row.slot_start_utc ?? ""));
  expect(starts.every((start, at) => at === 0 || start > (starts[at - 1] ?? 0))).toBe(true);
  expect(starts.every((start) => start % 300_000 === 0)).toBe(true);
  expect(rows.every((row) => row.link === LINK)).toBe(true);
  expect(rows.filter((row) => row.state === "down").length).toBeGreaterThanOrEqual(3);
  expect(rows.filter((row) => Number(row.download_bit_per_second) > 0).length).toBeGreaterThan(WEEK / 2);

  await page.getByRole("link", { name: "As a table" }).first().click();
  await expect(page).toHaveURL(/table.*range=7d/);
  await expect(page.getByRole("table").first().getByRole("row")).not.toHaveCount(1);
  await expectAccessible(page);
});

test("the list of links is searched, and says so when nothing is found", async ({ page }) => {
  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Links" }).click();
  const search = page.getByRole("searchbox", { name: "Search by name, type or number" });
  await expect(search).toBeVisible();
  await expectAccessible(page);
  await search.fill("Hamburg");
  await search.press("Enter");
  await expect(page.getByRole("link", { name: LINK })).toBeVisible();
  await expect(page.getByRole("link", { name: "Harbour Hotels · Berlin" })).toHaveCount(0);
  await search.fill("no such link");
  await search.press("Enter");
  await expect(page.getByText("No link matches")).toBeVisible();
  await expectAccessible(page);
});

test("a client sees their own links and no other client's", async ({ page }) => {
  await expect(page.getByRole("link", { name: LINK })).toBeVisible();
  await expect(page.getByText("Kestrel headquarters")).toHaveCount(0);
});

test("the page of a link reads well without seeing it", async ({ page }) => {
  await openLink(page, LINK);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "${LINK}" [level=1]
      - heading "Now" [level=2]
      - heading "Measurements" [level=2]
      - navigation "Range":
        - link "24 h"
        - link "7 d"
        - link "30 d"
        - link "1 y"
      - heading "Outages, the last 24 hours" [level=2]
      - heading "Agreement" [level=2]
  `);
});

test("a link that grows says when it is outgrown, and one that doesn't says so", async ({ page }) => {
  const trend = card(page, "Trend");
  // The demo may still be sealing the sixty days that it began with.
  const says = (sentence: RegExp) =>
    expect(async () => {
      await page.reload();
      await expect(trend.getByText(sentence)).toHaveCount(2, { timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
  await openLink(page, "Harbour Hotels · Berlin");
  await says(/^Grows by .* a month/);
  await expect(trend.getByText(/the committed bandwidth is reached around .*certain/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Links" }).click();
  await openLink(page, LINK);
  await says(/^No clear growth or decline: /);
});

test("a client chooses a range, in a form or on a graph", async ({ page }) => {
  await openLink(page, LINK);
  await chooseRange(page, "1 y");
  await expect(page.getByRole("heading", { name: "Outages, the last 365 days" })).toBeVisible();
  await expectAccessible(page);
  await page.getByText("Other range").click();
  const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("From").fill(`${day}T00:00`);
  await page.getByLabel("To").fill(`${day}T12:00`);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByLabel("From")).toHaveValue(`${day}T00:00`);
  await expect(page.getByRole("link", { name: "24 h" })).not.toHaveAttribute("aria-current");
  await expectAccessible(page);
  if (!hasScripts()) return;
  const chosen = page.url();
  const graph = page.locator("#link-graphs svg").first();
  await graph.scrollIntoViewIfNeeded();
  const box = (await graph.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.25, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 80, { steps: 4 });
  await page.mouse.up();
  await expect(page).not.toHaveURL(chosen);
  await expect(page.getByLabel("From")).toHaveValue(new RegExp(`${day}T0[23]:`));
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(chosen);
  await graph.focus();
  for (const key of ["ArrowLeft", "Shift+PageUp", "Shift+PageUp", "Enter"]) await graph.press(key);
  await expect(page.getByLabel("To")).toHaveValue(new RegExp(`${day}T11:`));
  await page.getByRole("link", { name: "Back" }).click();
  await expect(page).toHaveURL(chosen);
});

test("a client compares a week with the one before, looks closer, and stops comparing", async ({ page }) => {
  await openLink(page, LINK);
  await chooseRange(page, "7 d");
  const comparison = page.getByRole("navigation", { name: "Compare with" });
  await comparison.getByRole("link", { name: "The range before" }).click();
  await expect(page).toHaveURL(/range=7d&compare=before/);
  await expect(page.getByText("Compared with the range before,")).toBeVisible();
  const graph = page.getByRole("figure").filter({ has: page.getByRole("heading", { name: "Traffic" }) });
  await expect(graph.getByRole("row", { name: /^Download before/ })).toBeVisible();
  await expect(graph.getByRole("row", { name: /^Download \d.*([+−±]\d+|×\d+)/ })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "As a table" }).first().click();
  await expect(page.getByRole("columnheader", { name: "Latency before" })).toBeVisible();
  await expectAccessible(page);
  await page.goBack();

  await test.step("another range is compared, too", async () => {
    await chooseRange(page, "24 h");
    await expect(page).toHaveURL(/range=24h&compare=before/);
    await page.getByText("Other range").click();
    const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel("From").fill(`${day}T00:00`);
    await page.getByLabel("To").fill(`${day}T12:00`);
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page.getByLabel("From")).toHaveValue(`${day}T00:00`);
    await expect(page.getByText("Compared with the range before,")).toBeVisible();
  });

  if (hasScripts()) {
    await test.step("on a graph", async () => {
      const chosen = page.url();
      const drawing = graph.locator("svg").first();
      await drawing.focus();
      await drawing.press("ArrowLeft");
      await expect(graph.getByRole("status")).toContainText("Download before");
      for (const key of ["Shift+PageUp", "Shift+PageUp", "Enter"]) await drawing.press(key);
      await expect(page).not.toHaveURL(chosen);
      await expect(page).toHaveURL(/&compare=before$/);
      await expect(page.getByText("Compared with the range before,")).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(page).toHaveURL(chosen);
    });
  }

  // The demo is younger than a year.
  await comparison.getByRole("link", { name: "A year ago" }).click();
  await expect(page.getByText(/so that weekdays match: .* Nothing was measured then\./)).toBeVisible();
  await comparison.getByRole("link", { name: "Nothing" }).click();
  await expect(page).not.toHaveURL(/compare/);
  await expect(page.getByText("Compared with")).toHaveCount(0);
  await expect(graph.getByRole("row", { name: /before/ })).toHaveCount(0);
});
