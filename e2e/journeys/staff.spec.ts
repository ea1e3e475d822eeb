// Staff bring a router and a link into service.

import { randomUUID } from "node:crypto";
import { expectAccessible } from "../support/accessibility.ts";
import { expectToAppear } from "../support/portal.ts";
import { fillLink, fillRouter, ROUTER_ANSWERS } from "../support/staff.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

test("staff add a router, check it, make a link, and see its first sample", async ({ page, demo }) => {
  test.setTimeout(180_000);
  const { host, port, user, password, sha256 } = demo.spareRouter;
  const suffix = randomUUID().slice(0, 8);
  const routerName = `spare ${suffix}`;
  const linkName = `Kestrel new office ${suffix}`;
  await signIn(page, demo.signIn("admin"));
  const navigation = page.getByRole("navigation", { name: "Main navigation" });

  await test.step("add the router, with a mistake first", async () => {
    await navigation.getByRole("link", { name: "Routers" }).click();
    await page.getByRole("main").getByRole("link", { name: "Add router" }).click();
    await expect(page.getByLabel(/^API port/)).toBeVisible();
    await expectAccessible(page);
    await fillRouter(page, routerName, { host, port: 99_999, user, password }, "TLS, pinned certificate");
    // Said above the form, with a way to the field, and at the field itself.
    await expect(page.getByRole("link", { name: "A number from 1 to 65535." })).toBeVisible();
    await expect(page.getByLabel(/^API port/)).toHaveAccessibleDescription(/A number from 1 to 65535\./);
    await expectAccessible(page);
    // What was typed is still there, but for the secret.
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue(routerName);
    await expect(page.getByLabel(/^Password/)).toHaveValue("");
    await page.getByLabel(/^API port/).fill(String(port));
    await page.getByLabel(/^Password/).fill(password);
    await page.getByRole("button", { name: "Add and check" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(routerName);
  });

  await test.step("the check shows who it is and what it has", async () => {
    await expectToAppear(page, page.getByRole("checkbox", { name: /ether3/ }), ROUTER_ANSWERS);
    await expect(page.getByText("spare-edge-9").first()).toBeVisible();
    // The fingerprint that is trusted from now on is shown, to be compared with the router's own.
    await expectToAppear(page, page.getByRole("main").getByText(sha256).first(), ROUTER_ANSWERS);
    await expectAccessible(page);
  });

  await test.step("make a link of an interface", async () => {
    const chosen = page.getByRole("checkbox", { name: /ether3/ });
    await chosen.check();
    if (hasScripts()) {
      // What was ticked stays ticked while the page around it changes.
      await page.locator("#router-now.is-changed").waitFor({ timeout: ROUTER_ANSWERS });
      await expect(chosen).toBeChecked();
    }
    await page.getByRole("button", { name: "Make links of the chosen" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Make links");
    await expectAccessible(page);
    await fillLink(page, linkName, "Kestrel Engineering");
  });

  await test.step("its first sample appears", async () => {
    await page.getByRole("main").getByRole("link", { name: linkName }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(linkName);
    const samples = page.getByRole("table", { name: "Last samples" });
    await expectToAppear(page, samples.getByRole("row").nth(1), ROUTER_ANSWERS);
    await expectAccessible(page);
  });

  await test.step("it is in the audit log", async () => {
    await navigation.getByRole("link", { name: "Audit" }).click();
    await expect(page.getByText(linkName).first()).toBeVisible();
    await expectAccessible(page);
  });
});

test("no page of the staff's has a serious fault", async ({ page, demo }) => {
  // There are more with every page of the product.
  test.setTimeout(240_000);
  await signIn(page, demo.signIn("admin"));
  const navigation = page.getByRole("navigation", { name: "Main navigation" });
  const hrefs = await navigation.getByRole("link").evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  expect(hrefs.length).toBeGreaterThan(5);
  for (const href of hrefs) {
    const response = await page.goto(href);
    expect(response?.status(), href).toBe(200);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expectAccessible(page);
  }
});
