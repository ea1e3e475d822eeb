// A customer's own server: restarted while they watch, put into a snapshot, broken, and put back to it.

import { expectAccessible } from "../support/accessibility.ts";
import { expectToAppear } from "../support/portal.ts";
import { DONE_WITHIN } from "../support/servers.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

test("a client restarts a server, watches it come back, takes a snapshot, breaks the server and rolls back", async ({ page, demo }) => {
  test.setTimeout(300_000);
  // The journeys with scripts and without share one demo: each has a server of its own.
  const server = hasScripts() ? "db-01" : "web-02";
  const owner = demo.signIn("portal");
  await signIn(page, owner);
  const history = page.getByRole("table", { name: "History" }).locator("tbody").getByRole("row");
  const ended = (what: string) => history.filter({ has: page.getByRole("rowheader", { name: what }), hasText: "Done" });

  await test.step("find it among one's servers", async () => {
    await page.goto(`${demo.ours.url}/portal/servers`);
    await expect(page.getByRole("row").filter({ hasText: server })).toContainText("Running");
    await expectAccessible(page);
    await page.getByRole("link", { name: server, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(server);
    await expectAccessible(page);
  });
  const own = page.url();

  await test.step("restart it", async () => {
    await page.getByRole("link", { name: "Restart", exact: true }).click();
    await page.getByRole("button", { name: "Restart", exact: true }).click();
    await expect(page).toHaveURL(own);
    await expectToAppear(page, ended("Restart"), DONE_WITHIN);
    await expect(page.locator("#server-badge")).toContainText("Running");
  });

  await test.step("take a snapshot", async () => {
    await page.getByRole("link", { name: "Take a snapshot" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("before the journey");
    await page.getByRole("button", { name: "Take a snapshot" }).click();
    await expectToAppear(page, ended("Take a snapshot"), DONE_WITHIN);
  });

  await test.step("break it: another system takes the place of what was there", async () => {
    await page.getByRole("link", { name: "Reinstall" }).click();
    await page.getByRole("combobox", { name: "Image" }).selectOption({ label: "rocky-9" });
    await page.getByLabel("Name of the server").fill(server);
    await page.getByLabel("Your own password").fill(owner.password);
    await page.getByRole("button", { name: "Reinstall" }).click();
    await expect(page).toHaveURL(own);
    await expectToAppear(page, ended("Reinstall"), DONE_WITHIN);
    await expect(ended("Reinstall").first()).toContainText("rocky-9");
  });

  await test.step("roll back, which wants the name and the password", async () => {
    const snapshot = page.getByRole("table", { name: "Snapshots" }).getByRole("row").filter({ hasText: "before the journey" });
    await snapshot.getByRole("link", { name: "Roll back" }).click();
    await page.getByLabel("Name of the server").fill("another");
    await page.getByLabel("Your own password").fill(owner.password);
    await page.getByRole("button", { name: "Roll back" }).click();
    await expect(page.locator("#confirm-error")).toHaveText("This is not its name.");
    await page.getByLabel("Name of the server").fill(server);
    await page.getByLabel("Your own password").fill(owner.password);
    await page.getByRole("button", { name: "Roll back" }).click();
    await expectToAppear(page, ended("Roll back"), DONE_WITHIN);
    await expect(snapshot).toHaveCount(1);
  });
});

test("staff see who has which server, and give one that nobody has to a client", async ({ page, demo }) => {
  test.setTimeout(120_000);
  const server = hasScripts() ? "monitoring" : "game";
  await signIn(page, demo.signIn("admin"));
  await page.goto(`${demo.ours.url}/admin/servers?client=nobody`);
  await expectAccessible(page);
  await page.getByRole("link", { name: server, exact: true }).click();
  await page.getByRole("link", { name: "Give to a client" }).click();
  const client = page.getByRole("combobox", { name: "Client" });
  await client.selectOption({ index: 1 });
  const name = await client.locator("option:checked").innerText();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("main")).toContainText(name);
  await page.goto(`${demo.ours.url}/admin/servers?client=nobody`);
  await expect(page.getByRole("link", { name: server, exact: true })).toHaveCount(0);
});
