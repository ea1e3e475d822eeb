// Staff put a month right after its report was made: what was work counts no longer, a credit is decided on, an outage
// is the customer's own. Its customer reads all of it, and what the figures were before.

import { expectAccessible } from "../support/accessibility.ts";
import { card } from "../support/portal.ts";
import { fact, makeAgain, openBreached, ownBreachedLink, pdfText, plain, typed, uptime } from "../support/reports.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

test("a month is put right, and its customer reads what was changed and why", async ({ page, browser, demo }) => {
  test.setTimeout(120_000);
  const link = ownBreachedLink();
  const title = `Splicing at the terminal, ${test.info().project.name}`;
  const why = "The carrier told us of it the day before, and we forgot to write it down.";
  await signIn(page, demo.signIn("admin"));
  await openBreached(page, demo, "admin", link);
  const first = page.url();
  const before = await uptime(page);
  await expect(fact(page, "Revision")).toHaveText("1");
  await expectAccessible(page);
  const outages = page.getByRole("table", { name: "Outages" }).locator("tbody").getByRole("row");
  const began = plain(await outages.first().getByRole("rowheader").innerText());

  await test.step("record maintenance after the fact", async () => {
    await page.goto(`${demo.ours.url}/admin/maintenance/new`);
    await page.getByLabel("Title").fill(title);
    await page.getByLabel("Starts").fill(typed(began, 0));
    await page.getByLabel("Ends").fill(typed(began, 10));
    await page.getByLabel("Chosen links").check();
    await page.getByRole("checkbox", { name: link }).check();
    await page.getByRole("button", { name: "Plan maintenance" }).click();
    await expect(page.getByRole("textbox", { name: "Reason" })).toHaveAccessibleDescription(/Please fill this in|needed/i);
    await expectAccessible(page);
    await page.getByRole("textbox", { name: "Reason" }).fill(why);
    await page.getByRole("button", { name: "Plan maintenance" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
    await expect(page.getByText(why)).toBeVisible();
    await expectAccessible(page);
  });

  const reason = "Work that was announced had not been taken out.";
  await test.step("the report stays as it is until it is made again", async () => {
    await page.goto(first);
    expect(await uptime(page)).toBe(before);
    await makeAgain(page, reason);
  });

  const after = await uptime(page);
  const second = page.url();
  await test.step("both values are there", async () => {
    expect(Number.parseFloat(after)).toBeGreaterThan(Number.parseFloat(before));
    await expect(fact(page, "Revision")).toHaveText("2");
    const revisions = page.getByRole("table", { name: "Revisions" });
    await expect(revisions.getByRole("row", { name: /^2 this one counts/ })).toContainText(after.replace(" ", "\u{a0}"));
    await expect(revisions.getByRole("row", { name: /^1 / })).toContainText(before.replace(" ", "\u{a0}"));
    await expect(card(page, "What became of the time")).toContainText(title);
    await expectAccessible(page);
    await page.goto(first);
    await expect(page.getByText("Another revision counts")).toBeVisible();
    expect(await uptime(page)).toBe(before);
  });

  const note = "Taken off your next invoice.";
  await test.step("decide on the credit", async () => {
    await page.goto(`${demo.ours.url}/admin/reports/breaches?credit=open`);
    await expectAccessible(page);
    const row = page.getByRole("row").filter({ hasText: link }).first();
    await row.getByRole("link", { name: "Decide" }).click();
    await page.getByLabel("Amount").fill("1000000");
    await page.getByRole("button", { name: "Approve" }).click();
    await expect(page.getByLabel("Amount")).toHaveAccessibleDescription(/more than the fee of the month/);
    await expectAccessible(page);
    await page.getByLabel("Amount").fill("12.34");
    await page.getByLabel("Note").fill(note);
    await page.getByRole("button", { name: "Approve" }).click();
    await expect(page.getByText("Decided.")).toBeVisible();
    await expect(card(page, "Credit").last()).toContainText("Approved: EUR\u{a0}12.34");
    await expect(page.getByRole("link", { name: "Decide on the credit" })).toHaveCount(0);
  });

  const context = await browser.newContext({ javaScriptEnabled: hasScripts() });
  const customer = await context.newPage();
  await signIn(customer, demo.signIn("portal"));
  await test.step("the customer reads it", async () => {
    await customer.goto(second.replace("/admin/", "/portal/").split("?")[0] ?? "");
    await expect(fact(customer, "Revision")).toHaveText("2");
    await expect(fact(customer, "Reason")).toHaveText(reason);
    expect(await uptime(customer)).toBe(after);
    const time = card(customer, "What became of the time");
    for (const said of [title, why, "was recorded after the fact"]) await expect(time).toContainText(said);
    await expect(customer.getByRole("table", { name: "Revisions" })).toContainText(before.replace(" ", "\u{a0}"));
    const credit = card(customer, /^Credit$/);
    for (const said of ["Approved: EUR\u{a0}12.34", note]) await expect(credit).toContainText(said);
    await expectAccessible(customer);
    const file = await customer.getByRole("main").getByRole("link", { name: "PDF", exact: true }).getAttribute("href");
    const paper = await pdfText(await (await customer.request.get(`${demo.ours.url}${file}`)).body());
    for (const said of ["Revision 2", title, after]) expect(paper).toContain(said);
  });

  await test.step("the list has the new one alone", async () => {
    await openBreached(customer, demo, "portal", link);
    await expect(fact(customer, "Revision")).toHaveText("2");
  });
  await context.close();
});

test("what was excluded stands in the report, with what the figure would have been", async ({ page, demo }) => {
  await signIn(page, demo.signIn("admin"));
  // The demo's staff have excluded this link's one outage of a finished month.
  const link = "Kestrel headquarters";
  const rows = page.getByRole("table", { name: "Reports" }).locator("tbody").getByRole("row").filter({ hasText: link });
  await expect(async () => {
    await page.goto(`${demo.ours.url}/admin/reports?verdict=met`);
    await expect(rows).not.toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  const excluded = page.getByText("Excluded: caused by the client");
  for (const href of await rows.getByRole("rowheader").getByRole("link").evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href))) {
    await page.goto(href);
    if (await excluded.isVisible()) break;
  }
  await expect(excluded).toBeVisible();
  await expect(page.getByText("The power of your rack was off for an inspection")).toBeVisible();
  await expect(page.getByText(/^Decided by /)).toBeVisible();
  const without = page.locator(".report-without");
  await expect(without).toContainText("Had nothing been excluded");
  const [would = ""] = /\d+\.\d+/.exec(await without.innerText()) ?? [];
  expect(Number.parseFloat(would)).toBeLessThan(Number.parseFloat(await uptime(page)));
  await expectAccessible(page);
});
