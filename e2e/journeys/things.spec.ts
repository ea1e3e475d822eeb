// Staff and what new systems are made of and sorted by: own images, keys, tags; and who may sign in at Contabo.

import { createHash } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { expectToAppear } from "../support/portal.ts";
import { deleteShown, done, DONE_WITHIN, ownName } from "../support/servers.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

/** The fake Contabo downloads 20 MB a second, and 600 MB at least. */
const DOWNLOADED_WITHIN = 150_000;

/** Opens a page of those that are reached from the navigation's entry for images and keys. */
async function openKept(page: Page, tab: string): Promise<void> {
  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Images and keys" }).click();
  await page.getByRole("navigation", { name: "Images, keys and tags" }).getByRole("link", { name: tab }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(tab);
}

/** The row of a list that something of this name has, by itself and not as a part of another. */
function row(page: Page, list: string, name: string): Locator {
  const named = page.getByRole("rowheader").filter({ has: page.getByText(name, { exact: true }) });
  return page.getByRole("table", { name: list, exact: true }).getByRole("row").filter({ has: named });
}

/** Expects that a field says what is wrong with it, above the form and at the field itself. */
async function expectRefused(page: Page, field: Locator, why: RegExp): Promise<void> {
  await expect(page.getByRole("link", { name: why })).toBeVisible();
  await expect(field).toHaveAccessibleDescription(why);
  await expectAccessible(page);
}

test("staff have an image fetched, watch it come, name it anew, and delete it", async ({ page, demo }) => {
  test.setTimeout(240_000);
  const [name, renamed] = [ownName("appliance"), ownName("router")];
  await signIn(page, demo.signIn("admin"));
  await openKept(page, "Own images");
  await expectAccessible(page);

  await test.step("ask for it, with a mistake first", async () => {
    await page.getByRole("link", { name: "Have an image fetched" }).click();
    await expect(page.getByRole("textbox", { name: "Address" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("textbox", { name: "Address" }).fill("https://images.example.net/appliance.zip");
    await page.getByRole("textbox", { name: "Image" }).fill(name);
    await page.getByRole("textbox", { name: "Description" }).fill("Of a journey");
    await page.getByRole("textbox", { name: "Version" }).fill("3.2");
    await page.getByRole("button", { name: "Have an image fetched" }).click();
    await expectRefused(page, page.getByRole("textbox", { name: "Address" }), /has to end in \.iso or \.qcow2\./);
    await expect(page.getByRole("textbox", { name: "Address" })).toHaveValue("https://images.example.net/appliance.zip");
    await expect(page.getByRole("textbox", { name: "Image" })).toHaveValue(name);
    await expect(page.getByRole("textbox", { name: "Version" })).toHaveValue("3.2");
    await page.getByRole("textbox", { name: "Address" }).fill("https://images.example.net/appliance.qcow2");
    await page.getByRole("button", { name: "Have an image fetched" }).click();
    await expect(page.getByText("It was asked for.")).toBeVisible();
  });

  await test.step("it comes, and says how much of it is there", async () => {
    await expectToAppear(page, row(page, "Own images", name), DONE_WITHIN);
    await expect(row(page, "Own images", name)).toContainText("Being downloaded");
    await row(page, "Own images", name).getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(page.getByRole("meter", { name: "Downloaded" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(/\d\sMB of \d/);
    await expectAccessible(page);
    // Every three minutes Contabo is asked how far it is, and at once where somebody wants to know.
    const account = await page.context().newPage();
    await account.goto(`${demo.ours.url}/admin/contabo`);
    await account.getByRole("link", { name: "Contabo Europe", exact: true }).click();
    await expect(async () => {
      await account.getByRole("button", { name: "Read now" }).click();
      await expectToAppear(page, page.getByText("Ready", { exact: true }), 4_000);
    }).toPass({ timeout: DOWNLOADED_WITHIN });
    await account.close();
    await expect(page.getByRole("meter", { name: "Downloaded" })).toHaveCount(0);
  });

  await test.step("name it anew", async () => {
    await page.getByRole("main").getByRole("link", { name: "Edit", exact: true }).click();
    await expect(page.getByRole("textbox", { name: "Image" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("textbox", { name: "Image" }).fill(renamed);
    await page.getByRole("button", { name: "Save" }).click();
    await expectToAppear(page, done(page, "Change", renamed), DONE_WITHIN);
    await openKept(page, "Own images");
    await expect(row(page, "Own images", renamed)).toContainText("Of a journey");
    await expect(row(page, "Own images", name)).toHaveCount(0);
  });

  await test.step("delete it", async () => {
    await page.getByRole("link", { name: renamed, exact: true }).click();
    await deleteShown(page);
    await expectToAppear(page, done(page, "Delete", renamed), DONE_WITHIN);
    await expect(row(page, "Own images", renamed)).toHaveCount(0);
  });
});

test("staff make a tag, put it on a server, and find it there", async ({ page, demo }) => {
  test.setTimeout(240_000);
  const name = ownName("tag");
  // Servers that nobody has and no other journey touches.
  const server = hasScripts() ? "edge-sin" : "erp";
  await signIn(page, demo.signIn("admin"));
  await openKept(page, "Tags");
  await expectAccessible(page);

  await test.step("make it, with a mistake first", async () => {
    await page.getByRole("link", { name: "Make a tag" }).click();
    await page.getByRole("textbox", { name: "Tag" }).fill(name);
    await page.getByRole("textbox", { name: "Colour" }).fill("blue");
    await page.getByRole("button", { name: "Make a tag" }).click();
    await expectRefused(page, page.getByRole("textbox", { name: "Colour" }), /Give a colour as #/);
    await expect(page.getByRole("textbox", { name: "Tag" })).toHaveValue(name);
    await expect(page.getByRole("textbox", { name: "Colour" })).toHaveValue("blue");
    await page.getByRole("textbox", { name: "Colour" }).fill("#7c3aed");
    await page.getByRole("button", { name: "Make a tag" }).click();
    await expectToAppear(page, row(page, "Tags", name), DONE_WITHIN);
  });

  await test.step("put it on a server", async () => {
    await page.getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("main")).toContainText("#7C3AED");
    await expect(page.getByRole("main")).toContainText("Nothing has this tag.");
    await expectAccessible(page);
    await page.getByRole("combobox", { name: "What" }).selectOption({ label: `Server: ${server}` });
    await page.getByRole("button", { name: "Put the tag on it" }).click();
    await expectToAppear(page, row(page, "What has it", server), DONE_WITHIN);
  });
  const tag = page.url();

  await test.step("the server has it", async () => {
    await row(page, "What has it", server).getByRole("link", { name: server }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(server);
    await page.getByRole("main").getByRole("link", { name, exact: true }).click();
    await expect(page).toHaveURL(tag);
  });

  await test.step("take it off, and delete it", async () => {
    await row(page, "What has it", server).getByRole("button", { name: "Take a tag off" }).click();
    await expectToAppear(page, page.getByText("Nothing has this tag."), DONE_WITHIN);
    await deleteShown(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tags");
    await expectToAppear(page, done(page, "Delete", name), DONE_WITHIN);
    await expect(row(page, "Tags", name)).toHaveCount(0);
  });
});

test("staff keep a public key at Contabo, and no private one", async ({ page, demo }) => {
  test.setTimeout(240_000);
  const name = ownName("key");
  // No key of anybody's.
  const blob = "AAAAC3NzaC1lZDI1NTE5AAAAIGvkO0v7xXrYmTe2bXc5cZQmZkq7w0hJ0sB8y2nqv5Jd";
  const fingerprint = createHash("sha256").update(Buffer.from(blob, "base64")).digest("base64").replace(/=+$/, "");
  await signIn(page, demo.signIn("admin"));
  await openKept(page, "Keys and passwords");
  await expectAccessible(page);

  await test.step("a private key is refused, and not shown again", async () => {
    await page.getByRole("link", { name: "Add a key" }).click();
    await expect(page.getByRole("textbox", { name: "Name" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("textbox", { name: "Name" }).fill(name);
    await page.getByRole("textbox", { name: "Public key" }).fill("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----");
    await page.getByRole("button", { name: "Save" }).click();
    await expectRefused(page, page.getByRole("textbox", { name: "Public key" }), /This is a private key/);
    await expect(page.getByRole("textbox", { name: "Public key" })).toHaveValue("");
    expect(await page.content()).not.toContain("b3BlbnNzaC1rZXk=");
    await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue(name);
  });

  await test.step("the public one is known by its fingerprint", async () => {
    await page.getByRole("textbox", { name: "Public key" }).fill(`ssh-ed25519 ${blob} journey`);
    await page.getByRole("button", { name: "Save" }).click();
    await expectToAppear(page, row(page, "Keys and passwords", name), DONE_WITHIN);
    await expect(row(page, "Keys and passwords", name)).toContainText("Public key");
    await expect(row(page, "Keys and passwords", name)).toContainText(`SHA256:${fingerprint}`);
  });

  await test.step("it can be chosen for a new system", async () => {
    await page.goto(`${demo.ours.url}/admin/orders/new?what=instance`);
    await expect(page.getByRole("checkbox", { name: new RegExp(`^${name}`) })).toBeVisible();
  });

  await test.step("delete it", async () => {
    await openKept(page, "Keys and passwords");
    await row(page, "Keys and passwords", name).getByRole("link", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await expectToAppear(page, done(page, "Delete", name), DONE_WITHIN);
    await expect(row(page, "Keys and passwords", name)).toHaveCount(0);
  });
});

test("staff make a role at Contabo and invite a user who has it", async ({ page, demo }) => {
  test.setTimeout(240_000);
  const role = ownName("Tags only");
  const mail = `${ownName("nora").replace(" ", "-")}@example.net`;
  await signIn(page, demo.signIn("admin"));
  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Contabo" }).click();
  await page.getByRole("link", { name: "Contabo Europe", exact: true }).click();
  await page.getByRole("link", { name: "Users and roles" }).click();
  await expect(page.getByRole("table", { name: "Users" })).toContainText("Mainstay signs in as this one");
  await expectAccessible(page);

  await test.step("make a role, which may do something", async () => {
    await page.getByRole("link", { name: "Make a role" }).click();
    await page.getByRole("textbox", { name: "Role" }).fill(role);
    await page.getByRole("button", { name: "Make a role" }).click();
    await expectRefused(page, page.getByRole("group", { name: "Permissions" }), /Tick at least one permission\./);
    await expect(page.getByRole("textbox", { name: "Role" })).toHaveValue(role);
    await page.getByRole("checkbox", { name: "/v1/tags READ" }).check();
    await page.getByRole("checkbox", { name: "/v1/tags UPDATE" }).check();
    await page.getByRole("button", { name: "Make a role" }).click();
    await expectToAppear(page, row(page, "Roles", role), DONE_WITHIN);
    await expect(row(page, "Roles", role)).toContainText("What has its tags");
    // Nobody has it yet.
    await expect(row(page, "Roles", role).getByRole("cell").last()).toHaveText("0");
  });

  await test.step("invite a user, with a mistake first", async () => {
    await page.getByRole("link", { name: "Invite a user" }).click();
    await expect(page.getByRole("textbox", { name: "Mail address" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("textbox", { name: "Mail address" }).fill("nora@nowhere");
    await page.getByRole("textbox", { name: "First name" }).fill("Nora");
    await page.getByRole("textbox", { name: "Last name" }).fill("New");
    await page.getByRole("checkbox", { name: role, exact: true }).check();
    await page.getByRole("button", { name: "Invite a user" }).click();
    await expectRefused(page, page.getByRole("textbox", { name: "Mail address" }), /Give a mail address\./);
    await expect(page.getByRole("textbox", { name: "First name" })).toHaveValue("Nora");
    await expect(page.getByRole("checkbox", { name: role, exact: true })).toBeChecked();
    await page.getByRole("textbox", { name: "Mail address" }).fill(mail);
    await page.getByRole("button", { name: "Invite a user" }).click();
    await expectToAppear(page, row(page, "Users", mail), DONE_WITHIN);
    await expect(row(page, "Users", mail)).toContainText("Nora New");
    await expect(row(page, "Users", mail)).toContainText("Mail address not proven");
    await expect(row(page, "Users", mail)).toContainText(role);
    await expect(row(page, "Roles", role).getByRole("cell").last()).toHaveText("1");
  });
  const people = page.url();

  await test.step("the role stays while somebody has it", async () => {
    await page.getByRole("link", { name: role, exact: true }).click();
    await expect(page.getByRole("main")).toContainText("Nora New");
    await expect(page.getByRole("main").getByRole("link", { name: "Delete", exact: true })).toHaveCount(0);
    await expectAccessible(page);
  });

  await test.step("delete the user, and then the role", async () => {
    await page.goto(people);
    await row(page, "Users", mail).getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(mail);
    await expectAccessible(page);
    await deleteShown(page);
    await expectToAppear(page, done(page, "Delete", mail), DONE_WITHIN);
    await expect(row(page, "Users", mail)).toHaveCount(0);
    await page.getByRole("link", { name: role, exact: true }).click();
    await deleteShown(page);
    await expectToAppear(page, done(page, "Delete", role), DONE_WITHIN);
    await expect(row(page, "Roles", role)).toHaveCount(0);
  });
});
