// A customer looks for a month in which something was promised and not kept, reads it, and takes its files along.

import { expectAccessible } from "../support/accessibility.ts";
import { card, readCsv } from "../support/portal.ts";
import { BREACHED, download, openBreached, pdfText, plain, uptime } from "../support/reports.ts";
import { expect, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

const LINK = BREACHED.js;

test.beforeEach(async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal"));
});

test("a client filters the reports by verdict, link and month", async ({ page, demo }) => {
  const month = await openBreached(page, demo, "portal", LINK);
  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Reports" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Reports" })).toBeVisible();
  await expectAccessible(page);
  const rows = page.getByRole("table", { name: "Reports" }).locator("tbody").getByRole("row");
  const others = (text: string) => rows.filter({ hasNotText: text });
  const apply = () => page.getByRole("button", { name: "Apply" }).click();

  await test.step("by verdict", async () => {
    await expect(others("Breached")).not.toHaveCount(0);
    await page.getByLabel("Verdict").selectOption({ label: "Breached" });
    await apply();
    await expect(page).toHaveURL(/verdict=breached/);
    await expect(others("Breached")).toHaveCount(0);
    await expect(rows).not.toHaveCount(0);
  });

  await test.step("by link", async () => {
    await page.getByLabel("Verdict").selectOption({ label: "Any" });
    await page.getByLabel("Link").selectOption({ label: LINK });
    await apply();
    await expect(page.getByLabel("Link").locator("option:checked")).toHaveText(LINK);
    await expect(others(LINK)).toHaveCount(0);
    await expect(rows.filter({ hasText: month })).toHaveCount(1);
  });

  await test.step("by month, too", async () => {
    await page.getByLabel("Month").selectOption({ label: month });
    await apply();
    await expect(rows).toHaveCount(1);
    await expect(rows.getByRole("rowheader")).toContainText(month);
    await expectAccessible(page);
  });

  await test.step("so that nothing is left, which is said", async () => {
    await page.getByLabel("Verdict").selectOption({ label: "No data" });
    await apply();
    await expect(page.getByText("No report matches")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Clear" }).first().click();
    await expect(others(LINK)).not.toHaveCount(0);
  });
});

test("a client reads a breached report, and takes it along as PDF, CSV and JSON", async ({ page, demo }) => {
  const month = await openBreached(page, demo, "portal", LINK);
  const figure = await uptime(page);

  await test.step("read it", async () => {
    await expect(page.getByText(`${month}: Breached`)).toBeVisible();
    const targets = page.getByRole("table", { name: "Targets and results" });
    await expect(targets.getByRole("row", { name: /^Uptime at least [\d.]+\s%/ })).toContainText("Not kept");
    await expect(targets.getByRole("row", { name: /^Latency at most/ })).toContainText("Kept");
    expect(figure).toMatch(/^\d\d\.\d{1,3} %$/);
    const days = card(page, "Day by day");
    await expect(days.getByRole("listitem").filter({ hasText: /: Down at times, / })).not.toHaveCount(0);
    await days.getByText("The days as a table").click();
    await expect(days.getByRole("row", { name: /Down at times/ })).not.toHaveCount(0);
    const outages = page.getByRole("table", { name: "Outages" }).locator("tbody").getByRole("row");
    await expect(outages).not.toHaveCount(0);
    await expect(page.getByText("more than the target allows.")).toBeVisible();
    await expectAccessible(page);
  });

  const actions = page.getByRole("main");
  await test.step("as PDF", async () => {
    const link = actions.getByRole("link", { name: "PDF", exact: true });
    const answer = await page.request.get(`${demo.ours.url}${await link.getAttribute("href")}`);
    expect(answer.status()).toBe(200);
    expect(answer.headers()["content-type"]).toBe("application/pdf");
    const { name, bytes } = await download(page, link);
    expect(name).toMatch(/\.pdf$/);
    const text = await pdfText(bytes);
    for (const said of [LINK, demo.ours.name, "Breached", figure]) expect(text).toContain(said);
    const outage = page.getByRole("table", { name: "Outages" }).locator("tbody").getByRole("rowheader").first();
    expect(text).toContain(plain(await outage.innerText()));
  });

  await test.step("as CSV", async () => {
    const { name, bytes } = await download(page, actions.getByRole("link", { name: "CSV", exact: true }));
    expect(name).toMatch(/\.csv$/);
    const rows = readCsv(bytes.toString("utf8"));
    expect(rows.length).toBe(await page.getByRole("table", { name: "Day by day" }).locator("tbody").getByRole("row").count());
    expect(rows.every((row) => row.link === LINK)).toBe(true);
    expect(rows.some((row) => Number(row.down_seconds) > 0)).toBe(true);
  });

  await test.step("as JSON", async () => {
    const { name, bytes } = await download(page, actions.getByRole("link", { name: "JSON" }));
    expect(name).toMatch(/\.json$/);
    const report = JSON.parse(bytes.toString("utf8"));
    expect(report.link.name).toBe(LINK);
    expect(report.figures.judgement).toMatchObject({ uptime: "breached", verdict: "breached" });
    const { up, down } = report.figures.uptime;
    expect(`${Math.floor((up / (up + down)) * 100_000) / 1_000} %`).toBe(figure);
  });
});
