//! The structure tree in the file: which marks on which pages are what, and the way back from each mark.

use lopdf::{Document as File, Object, ObjectId, dictionary};

use super::properties::text;
use crate::page::{Child, Kind, NodeId, Tree};

/// Adds `tree`; `marks` are, for each page, the nodes of its marks.
pub(super) fn add(file: &mut File, tree: &Tree, marks: &[Vec<NodeId>]) {
    let pages: Vec<ObjectId> = file.page_iter().collect();
    let kept = kept(tree);
    let root = file.new_object_id();
    let ids: Vec<Option<ObjectId>> = kept.iter().map(|kept| kept.then(|| file.new_object_id())).collect();
    let id = |node: NodeId| ids.get(node.0).copied().flatten();
    for (at, node) in tree.nodes.iter().enumerate() {
        let Some(own) = ids[at] else { continue };
        let home = node.children.iter().find_map(|child| match child {
            Child::Mark { page, .. } => Some(*page),
            Child::Node(_) => None,
        });
        let children = node.children.iter().filter_map(|child| match child {
            Child::Node(node) => id(*node).map(Object::Reference),
            Child::Mark { page, mark } if Some(*page) == home => Some(Object::Integer(*mark as i64)),
            Child::Mark { page, mark } => Some(Object::Dictionary(dictionary! {
                "Type" => "MCR",
                "Pg" => *pages.get(*page)?,
                "MCID" => *mark as i64,
            })),
        });
        let mut children: Vec<Object> = children.collect();
        let children = if children.len() == 1 {
            children.remove(0)
        } else {
            Object::Array(children)
        };
        let mut element = dictionary! {
            "S" => node.kind.name(),
            "P" => node.parent.and_then(id).unwrap_or(root),
            "K" => children,
        };
        if let Some(page) = home.and_then(|home| pages.get(home)) {
            element.set("Pg", *page);
        }
        if let Some(alternative) = &node.alternative {
            element.set("Alt", text(alternative));
        }
        if node.kind == Kind::HeaderCell {
            element.set("A", dictionary! { "O" => "Table", "Scope" => "Column" });
        }
        file.objects.insert(own, Object::Dictionary(element));
    }
    let mut numbers = Vec::with_capacity(marks.len() * 2);
    for (at, nodes) in marks.iter().enumerate() {
        let back: Vec<Object> = nodes
            .iter()
            .map(|node| id(*node).map_or(Object::Null, Object::Reference))
            .collect();
        let back = file.add_object(back);
        numbers.push(Object::Integer(at as i64));
        numbers.push(Object::Reference(back));
        if let Some(page) = pages.get(at).and_then(|page| file.get_dictionary_mut(*page).ok()) {
            page.set("StructParents", at as i64);
            page.set("Tabs", "S");
            page.remove(b"Annots");
        }
    }
    let parents = file.add_object(dictionary! { "Nums" => numbers });
    let kids: Vec<Object> = id(Tree::ROOT).map(Object::Reference).into_iter().collect();
    let tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => kids,
        "ParentTree" => parents,
        "ParentTreeNextKey" => marks.len() as i64,
    };
    file.objects.insert(root, Object::Dictionary(tree));
    if let Ok(catalog) = file.catalog_mut() {
        catalog.set("StructTreeRoot", root);
    }
}

/// Which nodes have anything on a page; cells are kept empty too, or their row would lose its columns.
fn kept(tree: &Tree) -> Vec<bool> {
    let mut kept = vec![false; tree.nodes.len()];
    // Children come after their parents.
    for (at, node) in tree.nodes.iter().enumerate().rev() {
        kept[at] = matches!(node.kind, Kind::DataCell | Kind::HeaderCell | Kind::Document)
            || node.children.iter().any(|child| match child {
                Child::Node(node) => kept[node.0],
                Child::Mark { .. } => true,
            });
    }
    kept
}
