// What the running demo says about itself: where it answers and who may sign in.

import { readFileSync } from "node:fs";

export type Area = "portal" | "admin" | "operator";

export interface SignIn {
  area: Area;
  /** The tenant's slug; empty for the operator. */
  tenant: string;
  /** The page where one signs in. */
  url: string;
  mail: string;
  password: string;
}

export interface Tenant {
  slug: string;
  name: string;
  /** Without a slash at the end. */
  url: string;
}

export interface SpareRouter {
  host: string;
  port: number;
  user: string;
  password: string;
  /** The certificate's SHA-256 in lower-case hexadecimal. */
  sha256: string;
}

interface Ready {
  address: string;
  tenants: Tenant[];
  signIns: SignIn[];
  spareRouter: SpareRouter;
  mailFolder: string;
}

/** The demo. Its first tenant is ours in the journeys, its second is the stranger's. */
export class Demo {
  readonly #ready: Ready;

  constructor() {
    const file = process.env.MAINSTAY_READY_FILE;
    if (!file) throw new Error("MAINSTAY_READY_FILE is not set: the demo was not started");
    this.#ready = JSON.parse(readFileSync(file, "utf8"));
  }

  get ours(): Tenant {
    return this.#tenant(0);
  }

  get strangers(): Tenant {
    return this.#tenant(1);
  }

  /** Where the fake mail server keeps each mail as a file. */
  get mailFolder(): string {
    return this.#ready.mailFolder;
  }

  get spareRouter(): SpareRouter {
    return this.#ready.spareRouter;
  }

  /** The sign-in of somebody in `area`, of our tenant unless another is named. */
  signIn(area: Area, tenant: Tenant = this.ours): SignIn {
    const slug = area === "operator" ? "" : tenant.slug;
    const found = this.#ready.signIns.find((one) => one.area === area && one.tenant === slug);
    if (!found) throw new Error(`The demo has no sign-in for ${area} ${slug}`);
    return found;
  }

  #tenant(index: number): Tenant {
    const tenant = this.#ready.tenants[index];
    if (!tenant) throw new Error(`The demo has no tenant ${index}`);
    return tenant;
  }
}
