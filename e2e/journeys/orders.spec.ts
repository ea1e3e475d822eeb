// A server from nothing: staff make a template, order a server that is told by it, watch it come, and give it to a client,
// who finds it.

import { expectAccessible } from "../support/accessibility.ts";
import { expectToAppear } from "../support/portal.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

/** Contabo makes and installs it, and is looked at now and then. */
const THERE_WITHIN = 180_000;

/** No key of anybody's. */
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGvkO0v7xXrYmTe2bXc5cZQmZkq7w0hJ0sB8y2nqv5Jd journey";

test("staff order a server from a template and give it to a client, who sees it", async ({ page, demo, browser }) => {
  test.setTimeout(360_000);
  // The journeys with scripts and without share one demo.
  const mine = hasScripts() ? "journey-js" : "journey-nojs";
  await signIn(page, demo.signIn("admin"));

  await test.step("copy a template that comes with Mainstay", async () => {
    await page.goto(`${demo.ours.url}/admin/templates/new?from=hardened-ubuntu`);
    await page.getByRole("textbox", { name: "Name", exact: true }).first().fill(mine);
    await page.getByRole("button", { name: "Add a template" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(mine);
  });

  await test.step("fill in an order, and look at what the new system is told", async () => {
    await page.goto(`${demo.ours.url}/admin/orders/new?what=instance`);
    await page.getByRole("combobox", { name: "Template" }).selectOption({ label: mine });
    await page.getByRole("button", { name: "Take this template" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(mine);
    await page.getByRole("combobox", { name: "Product" }).selectOption("V153");
    await page.getByRole("combobox", { name: "Image" }).selectOption({ index: 1 });
    await page.getByRole("textbox", { name: "Host name" }).fill(mine);
    await page.getByRole("textbox", { name: /SSH keys/ }).fill(KEY);
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.locator(".text-lines")).toContainText(mine);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(mine);
    await expect(page.getByRole("main")).toContainText(`${mine}, version 1`);
    await expectAccessible(page);
  });

  await test.step("confirm it, and watch it come", async () => {
    await page.getByRole("button", { name: /^Order with obligation to pay/ }).click();
    await expect(page.locator("#order-badge")).not.toHaveText("To be confirmed");
    await expectToAppear(page, page.getByRole("link", { name: "To the server" }), THERE_WITHIN);
    await page.getByRole("link", { name: "To the server" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(mine);
  });
  const server = page.url();

  await test.step("give it to the client that has web-01", async () => {
    await page.goto(`${demo.ours.url}/admin/servers?q=web-01`);
    const whose = page.getByRole("row").filter({ hasText: "web-01" }).locator("a[href^='/admin/clients/']");
    const client = await whose.innerText();
    await page.goto(server);
    await page.getByRole("link", { name: "Give to a client" }).click();
    await page.getByRole("combobox", { name: "Client" }).selectOption({ label: client });
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("main")).toContainText(client);
  });

  await test.step("the client finds it", async () => {
    const context = await browser.newContext({ javaScriptEnabled: hasScripts() });
    const theirs = await context.newPage();
    await signIn(theirs, demo.signIn("portal"));
    await theirs.goto(`${demo.ours.url}/portal/servers`);
    await theirs.getByRole("link", { name: mine, exact: true }).click();
    await expect(theirs.getByRole("heading", { level: 1 })).toContainText(mine);
    await context.close();
  });
});
