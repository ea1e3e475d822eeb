// Staff have Contabo check a server, start the remedy that a check offers, and watch it end.

import { expectAccessible } from "../support/accessibility.ts";
import { expectToAppear } from "../support/portal.ts";
import { done, DONE_WITHIN } from "../support/servers.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

test("staff have a server checked, and start the remedy that helps", async ({ page, demo }) => {
  test.setTimeout(240_000);
  // Once it was moved its host is no longer busy: each journey has a server of its own.
  const server = hasScripts() ? "mail" : "office-rdp";
  await signIn(page, demo.signIn("admin"));
  await page.goto(`${demo.ours.url}/admin/servers?q=${server}`);
  await page.getByRole("link", { name: server, exact: true }).click();
  const own = page.url();
  await page.getByRole("link", { name: "Show what Contabo finds" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Checks");
  await expectAccessible(page);
  const checks = page.url();
  const check = (name: string) => page.getByRole("table", { name: "Instance checks" }).first().getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });

  await test.step("start a set of checks, and cancel it", async () => {
    await page.getByRole("button", { name: "Start “Instance checks”" }).click();
    await expect(page.getByText("The checks were started.")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await expect(page.getByText("Contabo cancels it.")).toBeVisible();
    await expect(check("Host check")).toContainText("Cancelled");
  });

  await test.step("start it again, and watch what it finds", async () => {
    await page.getByRole("button", { name: "Start “Instance checks”" }).click();
    await expectToAppear(page, check("Host check").filter({ hasText: "Warning" }), DONE_WITHIN);
    await expectToAppear(page, check("Backup check").filter({ hasText: "Skipped" }), DONE_WITHIN);
    await expect(check("Power check")).toContainText("Successful");
    await expectAccessible(page);
  });

  await test.step("start the remedy, after reading what it does", async () => {
    await check("Host check").getByRole("link", { name: "Move the server to another host" }).click();
    await expect(page.getByText("which it calls a live migration")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Start the remedy" }).click();
    await expect(page).toHaveURL(checks);
    const remedies = page.getByRole("table", { name: "Remedies of the last 30 days" }).getByRole("row");
    await expectToAppear(page, remedies.filter({ hasText: "Move the server to another host" }).filter({ hasText: "Successful" }).first(), DONE_WITHIN);
  });

  await test.step("it is in the history of the server", async () => {
    await page.goto(own);
    // A demo that goes on has those of earlier journeys, too.
    await expectToAppear(page, done(page, "Remedy", "Move the server to another host").first(), DONE_WITHIN);
  });

  await test.step("the page before a move says what happens, and asks who one is", async () => {
    await page.getByRole("link", { name: "Move to another region" }).click();
    await expect(page.getByText("Contabo makes a support ticket of this")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("combobox", { name: "Which" }).selectOption({ label: "Japan" });
    await page.getByLabel("Name of the server").fill(server);
    await page.getByLabel("Your own password").fill(demo.signIn("admin").password);
    await page.getByRole("button", { name: "Move to another region" }).click();
    await expect(page).toHaveURL(own);
    const moved = page.getByRole("table", { name: "History" }).getByRole("row").filter({ hasText: /Japan, Contabo's ticket \d+/ });
    await expectToAppear(page, moved.filter({ hasText: "Done" }).first(), DONE_WITHIN);
  });
});
