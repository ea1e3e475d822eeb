//! What is tied to what: private networks, servers and further addresses as a picture, and the same as a table.
//!
//! The picture is drawn here, in units of its own; its colours are the style sheet's. What it says, the table says too.

use leptos::prelude::*;

use super::words::Status;
use crate::{
    admin::things::{Place, tabs, tie_state},
    page::{Area, Page, page},
    samples::{self, HOSTILE, Sample},
    t, t_count,
    ui::{
        Card, Cell, Code, Column, Crumb, EmptyState, HeadCell, Icon, Layout, Live, Markup, Notice, StateBadge, Table,
        Tone,
    },
};

/// The id of the live part.
pub const LIVE: &str = "topology";

/// Servers that are drawn; more are in the table alone, for nobody could see anything.
const MOST_DRAWN: usize = 120;

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct Topology {
    pub networks: Vec<Network>,
    /// Those that are in a network or have a further address.
    pub servers: Vec<Server>,
    pub addresses: Vec<Address>,
}

/// A private network.
#[derive(Clone, Debug)]
pub struct Network {
    pub name: String,
    pub range: String,
    /// Its page, for those who see it.
    pub href: Option<String>,
}

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    pub name: String,
    pub href: String,
    pub status: Status,
    pub ties: Vec<Tie>,
}

/// A server in a network.
#[derive(Clone, Debug)]
pub struct Tie {
    /// Which of the networks.
    pub network: usize,
    pub addresses: Vec<String>,
    /// Contabo's word for what is to be done first.
    pub state: String,
}

/// A further address.
#[derive(Clone, Debug)]
pub struct Address {
    pub ip: String,
    pub href: Option<String>,
    /// Which of the servers it is noted for.
    pub server: Option<usize>,
}

/// The page.
#[component]
pub fn TopologyPage(topology: Topology, crumb_href: String) -> impl IntoView {
    let is_staff = page().area == Area::Admin;
    let (crumbs, lead) = match is_staff {
        true => (vec![Crumb::new(t("networks"), crumb_href)], t("topology-lead-staff")),
        false => (vec![Crumb::new(t("nav-servers"), crumb_href)], t("topology-lead")),
    };
    let tabs = is_staff.then(|| tabs(Place::Topology));
    let content = match topology.networks.is_empty() && topology.addresses.is_empty() {
        true => {
            view! { <Card><EmptyState title=t("topology-none") text=t("topology-none-text") icon=Icon::Server/></Card> }
                .into_any()
        }
        false => {
            let servers = topology.servers.len();
            let picture = match servers > MOST_DRAWN {
                true => {
                    let text = t_count("topology-too-many", servers as u64);
                    view! { <Notice tone=Tone::Info>{text}</Notice> }.into_any()
                }
                false => picture(&topology).into_any(),
            };
            let table = table(topology);
            view! { <div class="stack"><Card title=t("topology-picture")>{picture}</Card>{table}</div> }.into_any()
        }
    };
    view! { <Layout title=t("topology") lead=lead crumbs=crumbs>{tabs}<Live id=LIVE>{content}</Live></Layout> }
}

/// How far apart rows are, and how large the boxes in them; the columns' left edges.
const ROW: usize = 64;
const BOX: (usize, usize) = (250, 48);
const LEFT: [usize; 3] = [4, 350, 696];
const WIDTH: usize = 950;

/// Where the boxes of a column are, each as near to where it wants to be as those above it leave room for.
fn rows(wanted: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut placed: Vec<(usize, usize)> = wanted.enumerate().map(|(at, y)| (y, at)).collect();
    placed.sort_unstable();
    let mut next = 4;
    for (y, _) in &mut placed {
        *y = std::cmp::max(*y, next);
        next = *y + ROW;
    }
    let mut rows: Vec<(usize, usize)> = placed.into_iter().map(|(y, at)| (at, y)).collect();
    rows.sort_unstable();
    rows
}

fn middle(ys: impl Iterator<Item = usize>) -> usize {
    let (sum, count) = ys.fold((0_usize, 0_usize), |(sum, count), y| (sum + y, count + 1));
    sum.checked_div(count).unwrap_or(usize::MAX / 2)
}

fn picture(topology: &Topology) -> impl IntoView + use<> {
    let server_y = |at: usize| 4 + at * ROW;
    // What nothing is tied to comes last.
    let last = server_y(topology.servers.len());
    let networks = topology.networks.iter().enumerate().map(|(at, _)| {
        let members = topology.servers.iter().enumerate();
        let members = members.filter(|(_, one)| one.ties.iter().any(|tie| tie.network == at));
        middle(members.map(|(at, _)| server_y(at))).min(last)
    });
    let networks = rows(networks);
    let addresses = topology.addresses.iter();
    let addresses = rows(addresses.map(|one| one.server.map_or(last, server_y)));
    let lowest = networks.iter().chain(&addresses).map(|(_, y)| *y);
    let height = lowest.max().unwrap_or_default().max(last.saturating_sub(ROW)) + BOX.1 + 8;
    let y_of = |column: &[(usize, usize)], at: usize| column.get(at).map_or(4, |(_, y)| *y);
    let mut svg = Markup::default();
    svg.raw("<svg class=\"topology-svg\" role=\"group\" aria-label=\"")
        .text(t("topology-picture-text"))
        .raw("\" viewBox=\"0 0 ")
        .text(&format!("{WIDTH} {height}"))
        .raw("\">");
    for (at, server) in topology.servers.iter().enumerate() {
        for tie in &server.ties {
            let ready = tie.state.is_empty() || tie.state == "ok";
            line(&mut svg, (0, y_of(&networks, tie.network)), (1, server_y(at)), ready);
        }
    }
    for (at, address) in topology.addresses.iter().enumerate() {
        if let Some(server) = address.server {
            line(&mut svg, (1, server_y(server)), (2, y_of(&addresses, at)), true);
        }
    }
    for (at, network) in topology.networks.iter().enumerate() {
        let at = (0, y_of(&networks, at));
        node(
            &mut svg,
            at,
            "topology-network",
            &network.name,
            &network.range,
            network.href.as_deref(),
        );
    }
    for (at, server) in topology.servers.iter().enumerate() {
        let (word, at) = (server.status.word(), (1, server_y(at)));
        node(&mut svg, at, "topology-server", &server.name, &word, Some(&server.href));
    }
    for (at, address) in topology.addresses.iter().enumerate() {
        let at = (2, y_of(&addresses, at));
        node(
            &mut svg,
            at,
            "topology-address",
            &address.ip,
            t("tie-address"),
            address.href.as_deref(),
        );
    }
    svg.raw("</svg>");
    view! { <div class="topology" tabindex="0" role="region" aria-label=t("topology-picture")>{svg.into_view()}</div> }
}

/// A line between two boxes, from the right edge of one to the left of the other.
fn line(svg: &mut Markup, (from, y): (usize, usize), (to, other): (usize, usize), is_ready: bool) {
    let (x1, x2) = (LEFT[from] + BOX.0, LEFT[to]);
    let (y1, y2) = (y + BOX.1 / 2, other + BOX.1 / 2);
    let middle = usize::midpoint(x1, x2);
    let class = if is_ready {
        "topology-line"
    } else {
        "topology-line topology-unready"
    };
    svg.raw("<path class=\"")
        .raw(class)
        .raw("\" d=\"")
        .text(&format!("M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"))
        .raw("\"/>");
}

fn node(
    svg: &mut Markup,
    (column, y): (usize, usize),
    class: &'static str,
    name: &str,
    below: &str,
    href: Option<&str>,
) {
    let x = LEFT[column];
    if let Some(href) = href {
        svg.raw("<a href=\"").text(href).raw("\">");
    }
    svg.raw("<rect class=\"topology-box ")
        .raw(class)
        .raw("\" rx=\"6\" ")
        .raw("x=\"")
        .text(&x.to_string())
        .raw("\" y=\"")
        .text(&y.to_string())
        .raw("\" width=\"")
        .text(&BOX.0.to_string())
        .raw("\" height=\"")
        .text(&BOX.1.to_string())
        .raw("\"/>");
    for (text, down, class) in [(name, 20, "topology-name"), (below, 37, "topology-below")] {
        svg.raw("<text class=\"")
            .raw(class)
            .raw("\" x=\"")
            .text(&(x + 12).to_string())
            .raw("\" y=\"")
            .text(&(y + down).to_string())
            .raw("\">")
            .text(&short(text))
            .raw("</text>");
    }
    if href.is_some() {
        svg.raw("</a>");
    }
}

/// As much of a text as a box has room for.
fn short(text: &str) -> String {
    const MOST: usize = 32;
    match text.chars().count() {
        0..=MOST => text.to_owned(),
        _ => text.chars().take(MOST - 1).chain(['…']).collect(),
    }
}

fn table(topology: Topology) -> impl IntoView {
    let (server, state, network) = (t("fleet-server"), t("list-state"), t("tie-network"));
    let (addresses, tie_label) = (t("servers-addresses"), t("topology-tie"));
    let columns = [server, state, network, addresses, tie_label].map(Column::text).into();
    let (networks, further) = (topology.networks, topology.addresses);
    let rows = topology.servers.into_iter().enumerate().flat_map(|(at, one)| {
        let name = |one: &Server| {
            let (colour, word) = (one.status.state(), one.status.word());
            let (href, name) = (one.href.clone(), one.name.clone());
            view! {
                <HeadCell><a href=href>{name}</a></HeadCell>
                <Cell of=state><StateBadge state=colour label=word/></Cell>
            }
        };
        let tied: Vec<AnyView> = one
            .ties
            .iter()
            .map(|tie| {
                let all = tie
                    .addresses
                    .iter()
                    .map(|ip| view! { <Code text=ip.clone()/> })
                    .collect_view();
                let network_name = networks.get(tie.network).map(|network| network.name.clone());
                let stands = tie_state(&tie.state);
                view! {
                    <tr>
                        {name(&one)}
                        <Cell of=network>{network_name}</Cell>
                        <Cell of=addresses><span class="addresses">{all}</span></Cell>
                        <Cell of=tie_label>{stands}</Cell>
                    </tr>
                }
                .into_any()
            })
            .collect();
        let noted: Vec<AnyView> = further
            .iter()
            .filter(|address| address.server == Some(at))
            .map(|address| {
                let ip = address.ip.clone();
                view! {
                    <tr>
                        {name(&one)}
                        <Cell of=network>"–"</Cell>
                        <Cell of=addresses><Code text=ip/></Cell>
                        <Cell of=tie_label>{t("tie-address")}</Cell>
                    </tr>
                }
                .into_any()
            })
            .collect();
        tied.into_iter().chain(noted)
    });
    let rows = rows.collect_view();
    view! { <Card title=t("topology-table") flush=true><Table caption=t("topology-table") columns=columns>{rows}</Table></Card> }
}

fn sample(text: &str) -> Topology {
    let network = |range: &str| Network {
        name: text.to_owned(),
        range: range.to_owned(),
        href: Some("/admin/networks/1".to_owned()),
    };
    let server = |ties: &[(usize, &str)]| Server {
        name: text.to_owned(),
        href: "/admin/servers/1".to_owned(),
        status: Status::Running,
        ties: ties
            .iter()
            .map(|(network, state)| Tie {
                network: *network,
                addresses: vec!["10.0.0.2/22".to_owned()],
                state: (*state).to_owned(),
            })
            .collect(),
    };
    let address = |server| Address {
        ip: "198.51.100.7".to_owned(),
        href: None,
        server,
    };
    Topology {
        networks: vec![network("10.0.0.0/22"), network("10.0.4.0/22"), network(text)],
        servers: vec![
            server(&[(0, "ok")]),
            server(&[(0, "restart"), (1, "ok")]),
            server(&[(1, text)]),
            server(&[]),
        ],
        addresses: vec![address(Some(3)), address(None)],
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = |area, current| Page {
        current,
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(area)
    };
    let href = || "/admin/networks".to_owned();
    vec![
        Sample::new("topology", page(Area::Admin, "networks"), move || {
            view! { <TopologyPage topology=sample("backend") crumb_href=href()/> }
        }),
        Sample::new("topology-none", page(Area::Admin, "networks"), move || {
            view! { <TopologyPage topology=Topology::default() crumb_href=href()/> }
        }),
        Sample::new("topology-too-many", page(Area::Admin, "networks"), move || {
            let one = sample("backend");
            let servers = vec![one.servers[0].clone(); MOST_DRAWN + 1];
            view! { <TopologyPage topology=Topology { servers, addresses: Vec::new(), ..one } crumb_href=href()/> }
        }),
        Sample::new("portal-topology-hostile", page(Area::Portal, "servers"), move || {
            view! { <TopologyPage topology=sample(HOSTILE) crumb_href="/portal/servers".to_owned()/> }
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_stand_where_they_belong_and_never_on_each_other() {
        assert_eq!(rows([4, 4, 200].into_iter()), [(0, 4), (1, 68), (2, 200)]);
        assert_eq!(rows([200, 4, 210].into_iter()), [(0, 200), (1, 4), (2, 264)]);
        assert_eq!(rows(std::iter::empty()), []);
    }

    #[test]
    fn a_long_name_is_cut_and_says_so() {
        assert_eq!(short("web-1"), "web-1");
        assert_eq!(short(&"ä".repeat(40)).chars().count(), 32);
    }
}
