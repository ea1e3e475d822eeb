// Staff and what ties servers together: private networks, firewalls, names.

import { expectAccessible } from "../support/accessibility.ts";
import { expectToAppear } from "../support/portal.ts";
import { DONE_WITHIN, done, ownName } from "../support/servers.ts";
import { expect, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

/** As these are named: without white space. */
function own(name: string): string {
  return ownName(name).replace(" ", "-");
}

test("staff make a network, ask what it overlaps with, delete it, and see the others in the picture", async ({ page, demo }) => {
  test.setTimeout(240_000);
  const name = own("journey");
  await signIn(page, demo.signIn("admin"));
  await page.goto(`${demo.ours.url}/admin/networks`);
  await expectAccessible(page);

  await test.step("make one", async () => {
    await page.getByRole("link", { name: "Make a network" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("no spaces, please");
    await page.getByRole("button", { name: "Make a network" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await page.getByRole("textbox", { name: "Name" }).fill(name);
    await page.getByRole("button", { name: "Make a network" }).click();
    await expectToAppear(page, page.getByRole("rowheader", { name, exact: true }), DONE_WITHIN);
  });

  await test.step("the calculator knows what its range overlaps with", async () => {
    const range = await page.getByRole("row").filter({ hasText: name }).getByText(/^10\./).first().innerText();
    await page.getByRole("link", { name: "Calculator" }).click();
    await page.getByRole("textbox", { name: "Block" }).fill(range);
    await page.getByRole("button", { name: "Calculate" }).click();
    await expect(page.getByRole("main")).toContainText(`Private network ${name}`);
  });

  await test.step("it goes again", async () => {
    await page.goto(`${demo.ours.url}/admin/networks`);
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("main").getByRole("link", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Private networks" })).toBeVisible();
    await expectToAppear(page, done(page, "Delete", name), DONE_WITHIN);
    await expect(page.getByRole("rowheader", { name, exact: true })).toHaveCount(0);
  });

  await test.step("the picture and its table say the same", async () => {
    await page.getByRole("link", { name: "Topology" }).click();
    await expect(page.locator(".topology-svg")).toContainText("backend");
    await expect(page.getByRole("table").getByRole("row").filter({ hasText: "backend" }).first()).toBeVisible();
    await expectAccessible(page);
  });
});

test("staff write rules for a firewall, and keep what they typed when one can't be taken", async ({ page, demo }) => {
  test.setTimeout(240_000);
  const name = own("doors");
  await signIn(page, demo.signIn("admin"));
  await page.goto(`${demo.ours.url}/admin/firewalls/new`);
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  // Contabo's own, which were read with the firewalls.
  await page.getByRole("checkbox", { name: "Contabo: DNS" }).check();
  await page.getByRole("button", { name: "Make a firewall" }).click();
  const made = page.getByRole("link", { name, exact: true });
  await expectToAppear(page, made, DONE_WITHIN);
  await made.click();
  await page.getByRole("link", { name: "Change the rules" }).click();
  await expect(page.getByRole("textbox", { name: "Ports, rule 2" })).toHaveValue("53");
  await expectAccessible(page);
  await page.getByRole("link", { name: "SSH", exact: true }).click();
  await page.getByRole("textbox", { name: "Ports, rule 3" }).fill("22 99999");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Ports, rule 3" })).toHaveValue("22 99999");
  await page.getByRole("textbox", { name: "Ports, rule 3" }).fill("22, 2222");
  await page.getByRole("button", { name: "Save" }).click();
  await expectToAppear(page, page.getByRole("table", { name: "Rules" }).getByText("2222"), DONE_WITHIN);
});

test("staff make a zone with a record", async ({ page, demo }) => {
  test.setTimeout(240_000);
  const name = `${own("journey")}.example`;
  await signIn(page, demo.signIn("admin"));
  await page.goto(`${demo.ours.url}/admin/dns`);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Make a zone" }).click();
  await page.getByRole("textbox", { name: "Domain" }).fill(name);
  await page.getByRole("button", { name: "Make a zone" }).click();
  const made = page.getByRole("link", { name, exact: true });
  await expectToAppear(page, made, DONE_WITHIN);
  await made.click();
  await page.getByRole("link", { name: "New record" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("www");
  await page.getByRole("combobox", { name: "Type" }).selectOption("A");
  await page.getByRole("textbox", { name: "Value" }).fill("203.0.113.9");
  await page.getByRole("button", { name: "Save" }).click();
  await expectToAppear(page, page.getByRole("table", { name: "Records" }).getByText("203.0.113.9"), DONE_WITHIN);
});
