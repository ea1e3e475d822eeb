// An outage turns out to be the customer's own after the month's report was made: staff exclude it and make the report
// again, and its customer reads why, and what the figure would be had nothing been excluded.

import { expectAccessible } from "../support/accessibility.ts";
import { card } from "../support/portal.ts";
import { signInNewViewer } from "../support/people.ts";
import { fact, makeAgain, pdfText, plain, typed, uptime } from "../support/reports.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

test("an outage is excluded after the fact, and its customer reads why in the new revision", async ({ page, browser, demo }) => {
  test.setTimeout(120_000);
  // The journeys with scripts and without share one demo: each has a link of its own, with an outage of 45 minutes.
  const [link, client] = hasScripts() ? (["Kestrel backup site", "Kestrel Engineering"] as const) : (["Meadow Clinics · main", "Meadow Clinics"] as const);
  const why = "Your technician had switched the rack off, as he told us.";
  await signIn(page, demo.signIn("admin"));
  const rows = page.getByRole("table", { name: "Reports" }).locator("tbody").getByRole("row").filter({ hasText: link });
  const outage = page.getByRole("table", { name: "Outages" }).locator("tbody").getByRole("row").filter({ hasText: "45 min" });

  await test.step("find the report that has the outage", async () => {
    await expect(async () => {
      await page.goto(`${demo.ours.url}/admin/reports`);
      await expect(rows).not.toHaveCount(0, { timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    const all = await rows.getByRole("rowheader").getByRole("link").evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
    for (const href of all) {
      await page.goto(href);
      if ((await outage.count()) > 0) break;
    }
    await expect(outage).toHaveCount(1);
    await expect(fact(page, "Revision")).toHaveText("1");
  });
  const first = page.url();
  const before = await uptime(page);
  const month = typed(plain(await outage.getByRole("rowheader").innerText()), 0).slice(0, 7);
  await expect(page.locator(".report-without")).toHaveCount(0);

  await test.step("exclude it, with a reason", async () => {
    const query = new URLSearchParams({ month, q: link });
    await page.goto(`${demo.ours.url}/admin/outages?${query}`);
    await outage.getByRole("rowheader").getByRole("link").click();
    await page.getByLabel("the customer’s own doing").check();
    await page.getByRole("textbox", { name: "Reason" }).fill(why);
    await page.getByRole("button", { name: "Exclude this outage" }).click();
    await expect(page.getByRole("heading", { name: "Excluded" })).toBeVisible();
    await expectAccessible(page);
  });

  const reason = "The outage was the customer’s own.";
  await test.step("make the report again", async () => {
    await page.goto(first);
    expect(await uptime(page)).toBe(before);
    // Nothing else is agreed today than then, so there is nothing to choose.
    await expect(page.getByRole("radio", { name: /as agreed/ })).toHaveCount(0);
    await makeAgain(page, reason);
  });

  const after = await uptime(page);
  const without = page.locator(".report-without");
  const second = page.url();
  await test.step("both values are there, and what it would be without exclusions", async () => {
    expect(Number.parseFloat(after)).toBeGreaterThan(Number.parseFloat(before));
    await expect(fact(page, "Revision")).toHaveText("2");
    await expect(fact(page, "Judged by")).toHaveText("what was agreed for the revision before it");
    const revisions = page.getByRole("table", { name: "Revisions" });
    await expect(revisions.getByRole("row", { name: /^2 this one counts/ })).toContainText(after.replace(" ", "\u{a0}"));
    await expect(revisions.getByRole("row", { name: /^1 / })).toContainText(before.replace(" ", "\u{a0}"));
    await expect(outage).toContainText(why);
    await expect(without).toContainText("Had nothing been excluded");
    await expect(without).toContainText(before.replace(" ", "\u{a0}"));
    await expectAccessible(page);
  });

  const context = await browser.newContext({ javaScriptEnabled: hasScripts() });
  const customer = await context.newPage();
  await test.step("the customer reads the reason", async () => {
    await signInNewViewer(page, customer, demo, client);
    await customer.goto(second.replace("/admin/", "/portal/").split("?")[0] ?? "");
    await expect(fact(customer, "Revision")).toHaveText("2");
    await expect(fact(customer, "Reason")).toHaveText(reason);
    expect(await uptime(customer)).toBe(after);
    const outages = card(customer, /^Outages$/);
    await expect(outages).toContainText("Excluded: caused by the client");
    await expect(outages).toContainText(why);
    await expect(customer.locator(".report-without")).toContainText(before.replace(" ", "\u{a0}"));
    await expectAccessible(customer);
    const file = await customer.getByRole("main").getByRole("link", { name: "PDF", exact: true }).getAttribute("href");
    const paper = await pdfText(await (await customer.request.get(`${demo.ours.url}${file}`)).body());
    for (const said of ["Revision 2", why, after, before]) expect(paper).toContain(said);
  });
  await context.close();
});
