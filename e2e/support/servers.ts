// Servers and other things at Contabo, which take their time.

import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import type { Demo } from "./demo.ts";
import { expect } from "./test.ts";

/** Contabo takes its time, and is looked at every few seconds. */
export const DONE_WITHIN = 90_000;

/** A name that nothing else in the demo has, not even what another run of the same journey has left. */
export function ownName(what: string): string {
  return `${what} ${randomUUID().slice(0, 8)}`;
}

/** What was asked of exactly this thing and has ended well, as the page's history has it. */
export function done(page: Page, what: string, name: string): Locator {
  const rows = page.getByRole("table", { name: "History" }).locator("tbody").getByRole("row");
  return rows.filter({ hasText: what }).filter({ has: page.getByText(name, { exact: true }) }).filter({ hasText: "Done" });
}

/** Says yes to the deletion of what is shown, which a page asks without scripts and a dialog with them. */
export async function deleteShown(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
}

/** Adds a client and gives it a server that nobody has, as the staff user who is signed in; gives both pages' addresses. */
export async function clientWithServer(staff: Page, demo: Demo, client: string, server: string): Promise<{ client: string; server: string }> {
  await staff.goto(`${demo.ours.url}/admin/clients/new`);
  await staff.getByRole("textbox", { name: "Name" }).fill(client);
  await staff.getByRole("button", { name: "Add client" }).click();
  await expect(staff.getByRole("heading", { level: 1 })).toHaveText(client);
  const address = staff.url();
  await staff.goto(`${demo.ours.url}/admin/servers?client=nobody`);
  await staff.getByRole("link", { name: server, exact: true }).click();
  await expect(staff.getByRole("heading", { level: 1 })).toContainText(server);
  const own = staff.url();
  await giveTo(staff, own, client);
  return { client: address, server: own };
}

/** Takes the server back and archives the client: nobody has either any more. */
export async function takeBack(staff: Page, { client, server }: { client: string; server: string }): Promise<void> {
  await giveTo(staff, server, "Nobody: take it back");
  await staff.goto(client);
  await staff.getByRole("main").getByRole("link", { name: "Archive", exact: true }).click();
  await staff.getByRole("button", { name: "Archive", exact: true }).click();
  await expect(staff.getByText("Client archived with its links.")).toBeVisible();
}

async function giveTo(staff: Page, server: string, client: string): Promise<void> {
  await staff.goto(server);
  await staff.getByRole("link", { name: "Give to a client" }).click();
  await staff.getByRole("combobox", { name: "Client" }).selectOption({ label: client });
  await staff.getByRole("button", { name: "Save" }).click();
  await expect(staff).toHaveURL(server);
}
