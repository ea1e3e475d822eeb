// Staff say what caused an outage, take it out of the figures and count it again; its customer reads each.

import { expectAccessible } from "../support/accessibility.ts";
import { openLink } from "../support/portal.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

const LINK = "Harbour Hotels · Hamburg";

test("an outage gets a cause, is excluded with a reason, and counts again", async ({ page, browser, demo }) => {
  // The journeys with and without scripts share one demo: each speaks of an outage of its own.
  const nth = hasScripts() ? 0 : 1;
  const cause = `A digger, ${test.info().project.name}`;
  const reason = `The power of your rack was off, ${test.info().project.name}`;
  const context = await browser.newContext({ javaScriptEnabled: hasScripts() });
  const customer = await context.newPage();
  await signIn(customer, demo.signIn("portal"));
  await openLink(customer, LINK);
  const portal = customer.url().split("?")[0];
  const outages = customer.getByRole("table", { name: "Outages" });
  const read = async () => {
    await customer.goto(`${portal}?range=30d`);
    return outages.getByRole("row").nth(nth + 1);
  };

  await signIn(page, demo.signIn("admin"));
  await test.step("find it", async () => {
    await page.goto(portal.replace("/portal/", "/admin/") + "?range=30d");
    const row = page.getByRole("table", { name: "Outages" }).getByRole("row").nth(nth + 1);
    await row.getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Outage of");
    await expectAccessible(page);
  });

  await test.step("say what caused it", async () => {
    await page.getByLabel(/^Cause/).fill(cause);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByLabel(/^Cause/)).toHaveValue(cause);
    await expect(await read()).toContainText(cause);
  });

  await test.step("exclude it, without a reason first", async () => {
    await page.getByLabel("the customer’s own doing").check();
    await page.getByRole("textbox", { name: "Reason" }).fill(" ");
    await page.getByRole("button", { name: "Exclude this outage" }).click();
    await expect(page.getByRole("textbox", { name: "Reason" })).toHaveAccessibleDescription(/Please fill this in/);
    await page.getByRole("textbox", { name: "Reason" }).fill(reason);
    await page.getByRole("button", { name: "Exclude this outage" }).click();
    await expect(page.getByRole("heading", { name: "Excluded" })).toBeVisible();
    await expectAccessible(page);
    const row = await read();
    await expect(row).toContainText("Does not count");
    await expect(row).toContainText(reason);
    await expectAccessible(customer);
  });

  await test.step("count it again", async () => {
    await page.getByRole("button", { name: "Count it again" }).click();
    await expect(page.getByRole("button", { name: "Exclude this outage" })).toBeVisible();
    const row = await read();
    await expect(row).toContainText(cause);
    await expect(row).not.toContainText("Does not count");
  });
  await context.close();
});
