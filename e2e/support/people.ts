// New people: staff add them, and they choose a password of their own.

import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Demo } from "./demo.ts";
import { expectSignedIn, fillSignIn } from "./visitor.ts";

const CHOSEN = "four quiet rivers and a bridge";

/** Adds somebody who reads what a client sees, as the staff user who is signed in on `staff`, and signs them in. */
export async function signInNewViewer(staff: Page, visitor: Page, demo: Demo, client: string): Promise<void> {
  const mail = `new-${randomUUID().slice(0, 8)}@example.net`;
  await staff.goto(`${demo.ours.url}/admin/client-users/new`);
  await staff.getByLabel("Mail address").fill(mail);
  await staff.getByLabel("Name", { exact: true }).fill("Vera Viewer");
  await staff.getByRole("checkbox", { name: client }).check();
  await staff.getByRole("radio", { name: /viewer/i }).check();
  await staff.getByRole("button", { name: "Add user" }).click();
  const first = await staff.getByLabel("First password").inputValue();
  await visitor.goto(demo.signIn("portal").url);
  await fillSignIn(visitor, { mail, password: first });
  await visitor.getByLabel("Current password").fill(first);
  await visitor.getByLabel("New password", { exact: true }).fill(CHOSEN);
  await visitor.getByLabel("New password again").fill(CHOSEN);
  await visitor.getByRole("button", { name: "Save password" }).click();
  await expectSignedIn(visitor);
}
