// A new person: invited by staff, made to choose a password of their own, and able to end every session.

import { randomUUID } from "node:crypto";
import { expectAccessible } from "../support/accessibility.ts";
import { expect, test } from "../support/test.ts";
import { expectSignedIn, fillSignIn, signIn } from "../support/visitor.ts";

const CHOSEN = "four quiet rivers and a bridge";

test("a first password must be changed, and signing out everywhere ends the other browsers", async ({ page, browser, demo }) => {
  const mail = `new-${randomUUID().slice(0, 8)}@example.net`;
  await signIn(page, demo.signIn("admin"));
  await page.goto(`${demo.ours.url}/admin/client-users/new`);
  await expectAccessible(page);
  await page.getByLabel("Mail address").fill(mail);
  await page.getByLabel("Name", { exact: true }).fill("Nora New");
  await page.getByRole("checkbox", { name: /Harbour Hotels/ }).check();
  await page.getByRole("radio", { name: /viewer/i }).check();
  await page.getByRole("button", { name: "Add user" }).click();
  await expect(page.getByText("Shown only now")).toBeVisible();
  await expectAccessible(page);
  const first = await page.getByLabel("First password").inputValue();

  const contexts = await Promise.all([1, 2].map(() => browser.newContext()));
  const [one, other] = await Promise.all(contexts.map((context) => context.newPage()));
  if (!one || !other) throw new Error("two browsers were asked for");
  const { url } = demo.signIn("portal");

  await one.goto(url);
  await fillSignIn(one, { mail, password: first });
  await expect(one.getByRole("heading", { level: 1 })).toHaveText("Choose your password");
  await expectAccessible(one);
  // There is no way around it.
  await one.goto(`${demo.ours.url}/portal/profile`);
  await expect(one.getByRole("heading", { level: 1 })).toHaveText("Choose your password");

  await one.getByLabel("Current password").fill(first);
  await one.getByLabel("New password", { exact: true }).fill("short");
  await one.getByLabel("New password again").fill("short");
  await one.getByRole("button", { name: "Save password" }).click();
  await expect(one.getByText(/Please correct/)).toBeVisible();
  await expectAccessible(one);

  await one.getByLabel("Current password").fill(first);
  await one.getByLabel("New password", { exact: true }).fill(CHOSEN);
  await one.getByLabel("New password again").fill(CHOSEN);
  await one.getByRole("button", { name: "Save password" }).click();
  await expectSignedIn(one);

  await other.goto(url);
  await fillSignIn(other, { mail, password: CHOSEN });
  await expectSignedIn(other);

  await one.goto(`${demo.ours.url}/portal/profile`);
  await expectAccessible(one);
  await one.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(one).toHaveURL(/\/portal\/sign-in/);
  await other.goto(`${demo.ours.url}/portal`);
  await expect(other).toHaveURL(/\/portal\/sign-in/);
  await Promise.all(contexts.map((context) => context.close()));
});
