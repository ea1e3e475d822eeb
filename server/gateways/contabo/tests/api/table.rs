//! The table of operations beside the project's document, and beside Contabo's description where that is
//! at hand.

use contabo::operations::ALL;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// The project's document names each operation with its method.
#[test]
fn the_document_lists_every_operation() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/contabo-operations.md");
    let document = std::fs::read_to_string(document).unwrap();
    for operation in ALL {
        let row = format!(
            "| {} `{}` | `{}` |",
            operation.method.as_str(),
            operation.path,
            operation.name
        );
        assert!(document.contains(&row), "{row}");
    }
    let rows = document.lines().filter(|line| line.contains("`/v1/")).count();
    assert_eq!(rows, 155);
}

/// Contabo's own description is no part of the project. Where it lies beside it, the table is compared.
#[test]
fn the_table_is_that_of_contabos_description() {
    let description = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/facts/contabo-openapi.json");
    let Ok(text) = std::fs::read_to_string(std::env::var("MAINSTAY_CONTABO_OPENAPI").map_or(description, Into::into))
    else {
        eprintln!("SKIPPED: Contabo's description is not beside the project");
        return;
    };
    let description: Value = serde_json::from_str(&text).unwrap();
    let methods = ["get", "post", "put", "patch", "delete"];
    let mut described = BTreeSet::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            if methods.contains(&method.as_str()) {
                described.insert((method.to_uppercase(), path.clone()));
            }
        }
    }
    let ours: BTreeSet<_> = ALL
        .iter()
        .map(|operation| (operation.method.as_str().to_owned(), operation.path.to_owned()))
        .collect();
    assert_eq!(ours, described);
}
