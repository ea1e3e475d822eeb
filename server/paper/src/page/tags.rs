//! The structure tree: what each mark on the pages is, in the order of reading.

/// What a part of a document is, in the words of PDF 1.7 (14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Document,
    Division,
    Heading(u8),
    Paragraph,
    Table,
    TableRow,
    HeaderCell,
    DataCell,
    Figure,
    Caption,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Division => "Div",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(_) => "H3",
            Self::Paragraph => "P",
            Self::Table => "Table",
            Self::TableRow => "TR",
            Self::HeaderCell => "TH",
            Self::DataCell => "TD",
            Self::Figure => "Figure",
            Self::Caption => "Caption",
        }
    }
}

/// A node's index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(pub(crate) usize);

#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) parent: Option<NodeId>,
    pub(crate) children: Vec<Child>,
    pub(crate) alternative: Option<String>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Child {
    Node(NodeId),
    /// The mark with this number on this page.
    Mark {
        page: usize,
        mark: usize,
    },
}

/// Nodes; the first is the document.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
}

impl Tree {
    pub(crate) const ROOT: NodeId = NodeId(0);

    pub(crate) fn new() -> Self {
        let root = Node {
            kind: Kind::Document,
            parent: None,
            children: Vec::new(),
            alternative: None,
        };
        Self { nodes: vec![root] }
    }

    /// A node below `parent`, after what is there.
    pub(crate) fn add(&mut self, parent: NodeId, kind: Kind) -> NodeId {
        let id = NodeId(self.nodes.len());
        self.nodes.push(Node {
            kind,
            parent: Some(parent),
            children: Vec::new(),
            alternative: None,
        });
        self.nodes[parent.0].children.push(Child::Node(id));
        id
    }

    /// A figure with what it shows in words.
    pub(crate) fn add_figure(&mut self, parent: NodeId, alternative: &str) -> NodeId {
        let id = self.add(parent, Kind::Figure);
        self.nodes[id.0].alternative = Some(alternative.to_owned());
        id
    }

    pub(super) fn mark(&mut self, node: NodeId, page: usize, mark: usize) {
        self.nodes[node.0].children.push(Child::Mark { page, mark });
    }
}
