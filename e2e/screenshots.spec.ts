// One picture for each main page into e2e/screenshots, named by area, page, size and colours; and the one of the README.

import type { Page } from "@playwright/test";
import { join } from "node:path";
import type { Area } from "./support/demo.ts";
import { mailTo } from "./support/mail.ts";
import { openLink } from "./support/portal.ts";
import { expect, test } from "./support/test.ts";
import { signIn } from "./support/visitor.ts";

const LINK = "Harbour Hotels · Hamburg";

/** Pages that an address alone leads to. */
const PAGES: Record<Area, Record<string, string>> = {
  portal: {
    dashboard: "/portal",
    links: "/portal/links",
    servers: "/portal/servers",
    topology: "/portal/servers/topology",
    storages: "/portal/storages",
    reports: "/portal/reports",
    profile: "/portal/profile",
    notifications: "/portal/notifications",
  },
  admin: {
    dashboard: "/admin",
    routers: "/admin/routers",
    "router-new": "/admin/routers/new",
    links: "/admin/links",
    servers: "/admin/servers",
    "servers-changes": "/admin/servers/changes",
    storages: "/admin/storages",
    networks: "/admin/networks",
    topology: "/admin/networks/topology",
    calculator: "/admin/networks/calculator?block=10.0.0.0/22",
    addresses: "/admin/addresses",
    firewalls: "/admin/firewalls",
    "firewall-new": "/admin/firewalls/new",
    dns: "/admin/dns",
    domains: "/admin/domains",
    "domain-find": "/admin/domains/find",
    "domain-contacts": "/admin/domains/contacts",
    "domain-contact-new": "/admin/domains/contacts/new",
    images: "/admin/images",
    "image-new": "/admin/images/new",
    secrets: "/admin/secrets",
    tags: "/admin/tags",
    orders: "/admin/orders",
    tasks: "/admin/tasks",
    "order-new": "/admin/orders/new",
    products: "/admin/products",
    "product-new": "/admin/products/new",
    quotas: "/admin/quotas",
    features: "/admin/features",
    costs: "/admin/costs",
    usage: "/admin/usage",
    advice: "/admin/usage/advice",
    templates: "/admin/templates",
    "template-new": "/admin/templates/new?from=hardened-ubuntu",
    contabo: "/admin/contabo",
    "contabo-new": "/admin/contabo/new",
    clients: "/admin/clients",
    reports: "/admin/reports",
    breaches: "/admin/reports/breaches",
    troubles: "/admin/reports/troubles",
    outages: "/admin/outages",
    maintenance: "/admin/maintenance",
    "maintenance-recurring": "/admin/maintenance/series",
    "maintenance-recurring-new": "/admin/maintenance/series/new",
    "sla-profiles": "/admin/sla-profiles",
    staff: "/admin/staff",
    audit: "/admin/audit",
    mail: "/admin/mail",
    settings: "/admin/settings",
    brand: "/admin/settings/brand",
    "mail-settings": "/admin/settings/mail",
    "metrics-tokens": "/admin/settings/metrics-tokens",
  },
  operator: { tenants: "/operator/tenants" },
};

async function picture(page: Page, name: string): Promise<void> {
  // What is live needs a moment to say so; a picture of it connecting is of no use.
  await page.waitForLoadState("load");
  await page.screenshot({ path: join("screenshots", `${name}-${test.info().project.name}.png`), fullPage: true, animations: "disabled" });
}

for (const area of ["portal", "admin", "operator"] as const) {
  test(area, async ({ page, demo }) => {
    const who = demo.signIn(area);
    await page.goto(who.url);
    await picture(page, `${area}-sign-in`);
    await signIn(page, who);
    for (const [name, path] of Object.entries(PAGES[area])) {
      await page.goto(new URL(path, who.url).href);
      await picture(page, `${area}-${name}`);
    }
  });
}

test("a link, for its customer", async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal"));
  await openLink(page, LINK);
  await picture(page, "portal-link");
  for (const range of ["7d", "30d", "1y"]) {
    await page.goto(`${page.url().split("?")[0]}?range=${range}`);
    await picture(page, `portal-link-${range}`);
  }
  if (test.info().project.name === "desk-light") {
    await page.goto(`${page.url().split("?")[0]}?range=7d`);
    const clip = { x: 0, y: 0, width: 1280, height: 1240 };
    await page.screenshot({ path: "../docs/link-page.png", fullPage: true, clip, animations: "disabled" });
  }
});

test("checks of a server, a remedy, and the page before a move", async ({ page, demo }) => {
  test.setTimeout(120_000);
  await signIn(page, demo.signIn("admin"));
  await page.goto(`${demo.ours.url}/admin/servers?q=erp`);
  await page.getByRole("link", { name: "erp", exact: true }).click();
  const server = page.url();
  await page.getByRole("link", { name: "Show what Contabo finds" }).click();
  const checks = page.url();
  if (await page.getByText("Nothing was checked").isVisible()) {
    await page.getByRole("button", { name: "Start “Instance checks”" }).click();
    await expect(page.getByRole("row").filter({ hasText: "Backup check" })).toContainText("Skipped", { timeout: 60_000 });
    await page.goto(checks);
  }
  await picture(page, "admin-server-checks");
  const remedy = await page.getByRole("link", { name: "Move the server to another host" }).first().getAttribute("href");
  await page.goto(`${demo.ours.url}${remedy}`);
  await picture(page, "admin-server-remedy");
  await page.goto(`${server}/act/change_region`);
  await picture(page, "admin-server-move");
});

test("a link and a router, for staff", async ({ page, demo }) => {
  await signIn(page, demo.signIn("admin"));
  for (const [list, name] of [["routers", "ham-edge-1"], ["links", LINK]] as const) {
    await page.goto(`${demo.ours.url}/admin/${list}`);
    await page.getByRole("main").getByRole("link", { name, exact: true }).first().click();
    await picture(page, `admin-${list.slice(0, -1)}`);
  }
});

test("a server, for its customer and for staff", async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal"));
  await page.goto(`${demo.ours.url}/portal/servers`);
  await page.getByRole("link", { name: "db-01", exact: true }).click();
  await picture(page, "portal-server");
  const server = page.url();
  for (const ask of ["restart", "reinstall", "take_snapshot"]) {
    await page.goto(`${server}/act/${ask}`);
    await picture(page, `portal-server-${ask}`);
  }
  await page.goto(`${demo.ours.url}/portal/servers`);
  await page.getByRole("link", { name: "build-01", exact: true }).click();
  await page.locator("a[href*='/schedules/']:not([href$='/new'])").first().click();
  await picture(page, "portal-schedule");
  await page.goto(`${page.url().replace(/[^/]+$/, "new")}`);
  await picture(page, "portal-schedule-new");
  await signIn(page, demo.signIn("admin"));
  await page.goto(server.replace("/portal/", "/admin/"));
  await picture(page, "admin-server");
  await page.goto(`${demo.ours.url}/admin/contabo`);
  await page.getByRole("main").getByRole("table").getByRole("link").first().click();
  await picture(page, "admin-contabo-account");
  const account = page.url();
  await page.goto(`${account}/secret`);
  await picture(page, "admin-contabo-secret");
  const people = `${account}/people`;
  for (const [name, path] of [["user", "new"], ["role", "roles/new"]] as const) {
    await page.goto(people);
    await page.locator(`main a[href*='/contabo-${name}s/']`).first().click();
    await picture(page, `admin-contabo-${name}`);
    await page.goto(`${people}/${path}`);
    await picture(page, `admin-contabo-${name}-new`);
  }
  await page.goto(people);
  await picture(page, "admin-contabo-people");
  const ids = server.split("/").pop();
  await page.goto(`${demo.ours.url}/admin/servers/bulk?do=restart&server=${ids}`);
  await picture(page, "admin-servers-bulk");
});

test("a domain and a contact, for staff", async ({ page, demo }) => {
  await signIn(page, demo.signIn("admin"));
  const at = (path: string) => `${demo.ours.url}/admin/domains${path}`;
  for (const name of ["example-shop.org", "old-campaign.example"]) {
    await page.goto(at(""));
    await page.getByRole("rowheader").getByRole("link", { name, exact: true }).click();
    await picture(page, `admin-domain-${name.split(".")[0]}`);
  }
  await page.goto(at(""));
  await page.getByRole("rowheader").getByRole("link", { name: "example.net", exact: true }).click();
  await picture(page, "admin-domain");
  const domain = page.url();
  for (const what of ["name-servers", "contacts", "cancel", "transfer", "code"]) {
    await page.goto(`${domain}/${what}`);
    await picture(page, `admin-domain-${what}`);
  }
  await page.goto(at("/find"));
  await page.getByRole("textbox", { name: "Domain" }).fill("example.org");
  await page.getByRole("button", { name: "Look" }).click();
  await picture(page, "admin-domain-find-free");
  await page.getByRole("link", { name: "Register it" }).click();
  await picture(page, "admin-domain-order");
  await page.getByRole("button", { name: "Go on" }).click();
  await picture(page, "admin-domain-confirm");
  await page.goto(at("/contacts"));
  await page.getByRole("rowheader").getByRole("link").first().click();
  await picture(page, "admin-domain-contact");
});

test("what a mail of reports leads to", async ({ page, demo }) => {
  const mail = await mailTo(demo, demo.signIn("portal").mail, /^SLA reports .*missed a target$/);
  const links = mail.text.match(/http\S+\/(share|unsubscribe)\/\S+/g) ?? [];
  for (const [name, part] of [["share", "/share/"], ["unsubscribe", "/unsubscribe/"]] as const) {
    await page.goto(links.find((link) => link.includes(part)) ?? "");
    await picture(page, name);
  }
});

test("a report", async ({ page, demo }) => {
  for (const area of ["portal", "admin"] as const) {
    await signIn(page, demo.signIn(area));
    await page.goto(`${demo.ours.url}/${area}/reports${area === "admin" ? "/breaches" : ""}`);
    await page.getByRole("rowheader").getByRole("link").first().click();
    await picture(page, `${area}-report`);
  }
  const decide = page.getByRole("link", { name: "Decide on the credit" });
  if (await decide.isVisible()) {
    await decide.click();
    await picture(page, "admin-credit");
  }
});
