// Getting in, getting it wrong, and getting out.

import { expectAccessible } from "../support/accessibility.ts";
import type { Area } from "../support/demo.ts";
import { expect, test } from "../support/test.ts";
import { expectSignedIn, fillSignIn, openAccountMenu, signIn } from "../support/visitor.ts";

const areas: { area: Area; heading: string }[] = [
  { area: "portal", heading: "Customer portal" },
  { area: "admin", heading: "Staff sign-in" },
  { area: "operator", heading: "Operator sign-in" },
];

for (const { area, heading } of areas) {
  test.describe(area, () => {
    test("the sign-in page says whose it is and has no serious fault", async ({ page, demo }) => {
      await page.goto(demo.signIn(area).url);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
      await expect(page.getByLabel("Mail address")).toBeFocused();
      await expectAccessible(page);
    });

    test("one signs in with the keyboard alone, and out again", async ({ page, demo }) => {
      const who = demo.signIn(area);
      await page.goto(who.url);
      await expect(page.getByLabel("Mail address")).toBeFocused();
      await page.keyboard.type(who.mail);
      await page.keyboard.press("Tab");
      await page.keyboard.type(who.password);
      await page.keyboard.press("Enter");
      await expectSignedIn(page);
      await expectAccessible(page);

      // The first stop leads past the navigation.
      await page.keyboard.press("Tab");
      await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();

      await openAccountMenu(page);
      await page.getByRole("button", { name: "Sign out", exact: true }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
      await page.goto(new URL(`/${area}`, who.url).href);
      await expect(page).toHaveURL(new RegExp(`/${area}/sign-in`));
    });

    test("a wrong password and an unknown account get the same answer", async ({ page, demo }) => {
      const { url, mail } = demo.signIn(area);
      // Somebody of their own for each run: guesses are counted and must not lock the demo's people out.
      const nobody = `nobody-${test.info().project.name}-${area}@example.org`;
      const answer = "The mail address or the password is not right.";
      for (const name of [nobody, mail]) {
        await page.goto(url);
        await fillSignIn(page, { mail: name, password: "not the password" });
        await expect(page.getByText(answer)).toBeVisible();
        await expect(page.getByLabel("Mail address")).toHaveValue(name);
        await expect(page.getByLabel("Password")).toHaveValue("");
      }
      await expectAccessible(page);
    });
  });
}

test("a sign-in of one area opens no other", async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal"));
  for (const other of ["admin", "operator"] as const) {
    await page.goto(`${demo.ours.url}/${other}`);
    await expect(page).toHaveURL(new RegExp(`/${other}/sign-in`));
  }
});

test("an account of one tenant is unknown to the other", async ({ page, demo }) => {
  const { mail, password } = demo.signIn("portal");
  await page.goto(demo.signIn("portal", demo.strangers).url);
  await fillSignIn(page, { mail, password });
  await expect(page.getByText("The mail address or the password is not right.")).toBeVisible();
});

test("signing in leads on to the page that was asked for", async ({ page, demo }) => {
  await page.goto(`${demo.ours.url}/portal/profile`);
  await expect(page).toHaveURL(/\/portal\/sign-in/);
  await fillSignIn(page, demo.signIn("portal"));
  await expect(page).toHaveURL(/\/portal\/profile$/);
});
