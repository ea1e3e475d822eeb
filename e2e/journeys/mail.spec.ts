// Mail: staff try it out and read what became of it, customers choose what they get.

import { expectAccessible } from "../support/accessibility.ts";
import { mailTo } from "../support/mail.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { openAccountMenu, signIn } from "../support/visitor.ts";

test("staff send themselves a test, which arrives, and find it in the list", async ({ page, demo }) => {
  const who = demo.signIn("admin");
  await signIn(page, who);
  await page.goto(`${demo.ours.url}/admin/settings/mail`);
  await expectAccessible(page);
  await page.getByRole("button", { name: `Send a test to ${who.mail}` }).click();
  await expect(page.getByText("The test is on its way.")).toBeVisible();
  const mail = await mailTo(demo, who.mail);
  expect(mail.subject).toBe(`Test mail from ${demo.ours.name}`);
  expect(mail.text).toContain(`${demo.ours.url}/admin/mail`);
  // The page looks again by itself, with scripts or without.
  await expect(page.locator(".badge", { hasText: "Sent" })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Mail", exact: true }).click();
  await page.getByLabel("Subject or recipient").fill(who.mail);
  await page.getByLabel("State").selectOption({ label: "Sent" });
  await page.getByRole("button", { name: "Apply" }).click();
  // Though "Any" is left in the other field.
  await expect(page).toHaveURL(/state=sent/);
  await expect(page.getByRole("link", { name: mail.subject }).first()).toBeVisible();
  await expectAccessible(page);
});

test("settings of an own mail server that can't be meant keep what was typed", async ({ page, demo }) => {
  await signIn(page, demo.signIn("admin", demo.strangers));
  await page.goto(`${demo.strangers.url}/admin/settings/mail`);
  await page.getByRole("radio", { name: "Your own mail server" }).check();
  await page.getByLabel(/^Server/).fill("smtp://mail.example.net");
  await page.getByLabel(/^Sender address/).fill("noc@example.net");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Please correct one field.")).toBeVisible();
  await expect(page.getByLabel(/^Server/)).toHaveValue("smtp://mail.example.net");
  await expectAccessible(page);
});

test("a customer chooses which mails they get", async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal", demo.strangers));
  await openAccountMenu(page);
  await page.getByRole("link", { name: "Profile" }).click();
  await page.getByRole("link", { name: "Choose which mails you get" }).click();
  // Both runs have the same account, perhaps at once: each chooses for itself.
  const box = page.getByRole("checkbox", { name: hasScripts() ? "Planned maintenance" : "Monthly reports" });
  await expect(box).toBeVisible();
  await expectAccessible(page);
  const before = await box.isChecked();
  await box.setChecked(!before);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your choice is kept.")).toBeVisible();
  await expect(box).toBeChecked({ checked: !before });
});
