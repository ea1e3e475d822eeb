// The staff's pages.

import type { Page } from "@playwright/test";
import type { Account } from "./fake-router.ts";
import { expect } from "./test.ts";

/** A check, and a first poll, may take as long as a router may. */
export const ROUTER_ANSWERS = 45_000;

export type Encryption = "TLS, pinned certificate" | "No encryption";

/** Fills in the form for a router that is shown, and sends it. */
export async function fillRouter(page: Page, name: string, { host, port, user, password }: Account, encryption: Encryption): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Address", { exact: true }).fill(host);
  await page.getByLabel(/^API port/).fill(String(port));
  await page.getByLabel(encryption).check();
  await page.getByLabel("User", { exact: true }).fill(user);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole("button", { name: "Add and check" }).click();
}

/** Fills in the form for the link of one interface that is shown, and sends it. */
export async function fillLink(page: Page, name: string, client: string): Promise<void> {
  await page.getByLabel("Link", { exact: true }).or(page.getByLabel("Name", { exact: true })).first().fill(name);
  await page.getByLabel("Client", { exact: true }).selectOption({ label: client });
  await page.getByLabel("Type", { exact: true }).fill("ILL");
  await page.getByLabel("Committed to the customer").fill("100");
  await page.getByLabel("Committed from the customer").fill("100");
  await page.getByLabel("They count from now on").check();
  await page.getByRole("button", { name: "Make the links" }).click();
  await expect(page.getByText(/(link is|links are) made\./)).toBeVisible();
}
