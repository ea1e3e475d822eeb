// What an open page does by itself, with a script only. Without one, reloading does the same.

import { expect, test } from "../support/test.ts";
import { openLink } from "../support/portal.ts";
import { signIn } from "../support/visitor.ts";

/** What a change may take from being stored to being seen. */
const SEEN_WITHIN = 2_000;

/** The wall clock of the second tenant in so many minutes, as a field for date and time has it. */
function inRiga(minutes: number): string {
  const time = new Date(Date.now() + minutes * 60_000);
  return time.toLocaleString("sv-SE", { timeZone: "Europe/Riga" }).replace(" ", "T").slice(0, 16);
}

test("a change that was stored is on an open page within two seconds @js", async ({ page, browser, demo }) => {
  // The second tenant, so that nobody else's journey finds a window that it did not plan.
  const tenant = demo.strangers;
  await signIn(page, demo.signIn("portal", tenant));
  await page.getByRole("main").getByRole("article").first().getByRole("link").click();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const link = page.url();

  const staff = await (await browser.newContext()).newPage();
  await signIn(staff, demo.signIn("admin", tenant));
  await staff.goto(`${tenant.url}/admin/maintenance/new`);
  await staff.getByLabel("Title").fill("Fibre splice");
  await staff.getByLabel("Starts").fill(inRiga(60));
  await staff.getByLabel("Ends").fill(inRiga(120));
  await staff.getByRole("button", { name: "Plan maintenance" }).click();
  // The answer to the change is the moment from which the customer's page is timed.
  await staff.waitForURL((url) => !url.pathname.endsWith("/new"));

  await expect(page.getByText("Fibre splice").first()).toBeVisible({ timeout: SEEN_WITHIN });
  expect(page.url()).toBe(link);
  await staff.context().close();
});

test("rates move on an open page @js", async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal"));
  await openLink(page, "Harbour Hotels · Berlin");
  const now = page.locator("#link-now");
  const before = await now.innerText();
  // A watched link is asked for its figures every ten seconds.
  await expect(now).not.toHaveText(before, { useInnerText: true, timeout: 30_000 });
});

test("without a script a page is brought up to date by reloading it", async ({ page, demo }) => {
  test.skip(test.info().project.name === "js", "with one it does that by itself");
  await signIn(page, demo.signIn("portal"));
  await openLink(page, "Harbour Hotels · Berlin");
  await expect(page.getByText("Live", { exact: true })).toBeHidden();
  await page.reload();
  await expect(page.locator("#link-now")).toContainText("Mbit/s");
});
