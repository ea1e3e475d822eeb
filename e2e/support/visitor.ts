// Somebody at the keyboard: what every area has in common. Everything is found as people find it, by role and label.

import type { Locator, Page } from "@playwright/test";
import type { SignIn } from "./demo.ts";
import { expect } from "./test.ts";

/** Fills in the sign-in form that is shown and sends it. */
export async function fillSignIn(page: Page, { mail, password }: Pick<SignIn, "mail" | "password">): Promise<void> {
  await page.getByLabel("Mail address").fill(mail);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Goes to the area's sign-in page, signs in, and waits for the area's first page. */
export async function signIn(page: Page, who: SignIn): Promise<void> {
  await page.goto(who.url);
  await fillSignIn(page, who);
  await expectSignedIn(page);
}

export async function expectSignedIn(page: Page): Promise<void> {
  await expect(accountMenu(page)).toBeVisible();
}

function accountMenu(page: Page): Locator {
  return page.locator("summary", { hasText: "Your account" });
}

/** Opens the menu behind the visitor's name. */
export async function openAccountMenu(page: Page): Promise<void> {
  await accountMenu(page).click();
}

/** Expects the page of something that is not there, or not for this visitor: it must be impossible to tell which. */
export async function expectNotFound(page: Page, url: string): Promise<void> {
  const response = await page.goto(url);
  expect(response?.status(), url).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
}
