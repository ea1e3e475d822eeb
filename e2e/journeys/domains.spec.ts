// Staff and the domains at Contabo: one is bought, kept from somebody who wants it, and told where its names are asked for.

import { randomUUID } from "node:crypto";
import { expectAccessible } from "../support/accessibility.ts";
import { expectToAppear } from "../support/portal.ts";
import { DONE_WITHIN, done } from "../support/servers.ts";
import { expect, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

test("staff buy a domain, keep it when somebody wants it, and change its name servers", async ({ page, demo }) => {
  test.setTimeout(240_000);
  // The fake Contabo has somebody want what is called so, as soon as it is there.
  const name = `wanted-${randomUUID().slice(0, 8)}.example`;
  const visitor = demo.signIn("admin");
  await signIn(page, visitor);
  await page.goto(`${demo.ours.url}/admin/domains`);
  await expectAccessible(page);

  await test.step("one that somebody has is not free", async () => {
    await page.getByRole("link", { name: "New domain" }).click();
    await page.getByRole("textbox", { name: "Domain" }).fill("taken.example");
    await page.getByRole("button", { name: "Look" }).click();
    await expect(page.getByRole("main")).toContainText("taken.example is not free");
    await page.getByRole("textbox", { name: "Domain" }).fill(name);
    await page.getByRole("button", { name: "Look" }).click();
    await page.getByRole("link", { name: "Register it" }).click();
  });

  await test.step("all of it is shown before it is bought", async () => {
    await expectAccessible(page);
    await page.getByRole("textbox", { name: "Name servers" }).fill("ns1.contabo.net");
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await page.getByRole("textbox", { name: "Name servers" }).fill("ns1.contabo.net\nns2.contabo.net");
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByRole("main")).toContainText("does not say how much");
    await expectAccessible(page);
    await page.getByRole("textbox", { name: "Type the domain" }).fill(name);
    await page.getByLabel("Your own password").fill(visitor.password);
    await page.getByRole("button", { name: "Register with obligation to pay" }).click();
  });

  const row = page.getByRole("rowheader").getByRole("link", { name, exact: true });
  await expectToAppear(page, row, DONE_WITHIN);
  await row.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);

  await test.step("somebody wants it, and does not get it", async () => {
    await expect(page.getByRole("main")).toContainText("Without an answer the domain is lost");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Keep the domain" }).click();
    await expectToAppear(page, done(page, "Keep the domain", name), DONE_WITHIN);
    await expect(page.getByRole("button", { name: "Keep the domain" })).toHaveCount(0);
  });

  await test.step("its names are asked for elsewhere", async () => {
    await page.getByRole("link", { name: "Name servers" }).click();
    await page.getByRole("textbox", { name: "Name servers" }).fill(`ns1.${name} 192.0.2.1\nns2.contabo.net`);
    await page.getByRole("button", { name: "Save" }).click();
    await expectToAppear(page, page.getByRole("main").getByText(`ns1.${name}`, { exact: true }), DONE_WITHIN);
  });
});
