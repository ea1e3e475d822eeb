//! The keys that cloud-init's modules read at the top of a cloud-config, and what each expects.
//!
//! Written down from what its modules are documented to take; a key that is missing here is only warned about.

/// What a part of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Number,
    YesNo,
    List,
    Map,
    /// Nothing was written.
    Nothing,
}

use Shape::{List, Map, Number, Text, YesNo};

/// Each key with what it may be; nothing: whatever.
const KEYS: [(&str, &[Shape]); 118] = [
    ("allow_public_ssh_keys", &[YesNo]),
    ("ansible", &[Map]),
    ("apk_repos", &[Map]),
    ("apt", &[Map]),
    ("apt_mirror", &[Text]),
    ("apt_pipelining", &[Text, Number, YesNo]),
    ("apt_proxy", &[Text]),
    ("apt_reboot_if_required", &[YesNo]),
    ("apt_sources", &[List]),
    ("apt_update", &[YesNo]),
    ("apt_upgrade", &[YesNo]),
    ("authkey_hash", &[Text]),
    ("autoinstall", &[Map]),
    ("bootcmd", &[List]),
    ("byobu_by_default", &[Text, YesNo]),
    ("ca-certs", &[Map]),
    ("ca_certs", &[Map]),
    ("chef", &[Map]),
    ("chpasswd", &[Map]),
    ("cloud_config_modules", &[List]),
    ("cloud_final_modules", &[List]),
    ("cloud_init_modules", &[List]),
    ("create_hostname_file", &[YesNo]),
    ("datasource", &[Map]),
    ("datasource_list", &[List]),
    ("debug", &[Map]),
    ("def_log_file", &[Text]),
    ("device_aliases", &[Map]),
    ("disable_ec2_metadata", &[YesNo]),
    ("disable_root", &[YesNo]),
    ("disable_root_opts", &[Text]),
    ("disk_setup", &[Map]),
    ("drivers", &[Map]),
    ("fan", &[Map]),
    ("final_message", &[Text]),
    ("fqdn", &[Text]),
    ("fs_setup", &[List]),
    ("groups", &[List, Map, Text]),
    ("growpart", &[Map]),
    ("grub-dpkg", &[Map]),
    ("grub_dpkg", &[Map]),
    ("hostname", &[Text]),
    ("keyboard", &[Map]),
    ("landscape", &[Map]),
    ("launch-index", &[Number]),
    ("locale", &[Text, YesNo]),
    ("locale_configfile", &[Text]),
    ("log_cfgs", &[List]),
    ("lxd", &[Map]),
    ("manage-resolv-conf", &[YesNo]),
    ("manage_etc_hosts", &[YesNo, Text]),
    ("manage_resolv_conf", &[YesNo]),
    ("mcollective", &[Map]),
    ("merge_how", &[]),
    ("merge_type", &[]),
    ("migrate", &[YesNo]),
    ("mount_default_fields", &[List]),
    ("mounts", &[List]),
    ("network", &[Map]),
    ("no_ssh_fingerprints", &[YesNo]),
    ("ntp", &[Map]),
    ("output", &[Map]),
    ("package_reboot_if_required", &[YesNo]),
    ("package_update", &[YesNo]),
    ("package_upgrade", &[YesNo]),
    ("packages", &[List]),
    ("password", &[Text, Number]),
    ("phone_home", &[Map]),
    ("power_state", &[Map]),
    ("prefer_fqdn_over_hostname", &[YesNo]),
    ("preserve_hostname", &[YesNo]),
    ("puppet", &[Map]),
    ("random_seed", &[Map]),
    ("reporting", &[Map]),
    ("repo_upgrade", &[Text, List]),
    ("repo_upgrade_exclude", &[List]),
    ("resize_rootfs", &[YesNo, Text]),
    ("resize_rootfs_tmp", &[Text]),
    ("resolv_conf", &[Map]),
    ("rh_subscription", &[Map]),
    ("rpi", &[Map]),
    ("rsyslog", &[Map, List]),
    ("runcmd", &[List]),
    ("salt_minion", &[Map]),
    ("seed_random", &[Map]),
    ("snap", &[Map]),
    ("spacewalk", &[Map]),
    ("ssh", &[Map]),
    ("ssh_authorized_keys", &[List]),
    ("ssh_deletekeys", &[YesNo]),
    ("ssh_fp_console_blacklist", &[List]),
    ("ssh_genkeytypes", &[List]),
    ("ssh_import_id", &[List]),
    ("ssh_key_console_blacklist", &[List]),
    ("ssh_keys", &[Map]),
    ("ssh_publish_hostkeys", &[Map]),
    ("ssh_pwauth", &[YesNo, Text]),
    ("ssh_quiet_keygen", &[YesNo]),
    ("swap", &[Map]),
    ("syslog_fix_perms", &[Text, List]),
    ("system_info", &[Map]),
    ("timezone", &[Text]),
    ("ubuntu_advantage", &[Map]),
    ("ubuntu_pro", &[Map]),
    ("unverified_modules", &[List]),
    ("updates", &[Map]),
    ("user", &[Text, Map]),
    ("users", &[List, Map, Text]),
    ("vendor_data", &[Map]),
    ("version", &[]),
    ("wireguard", &[Map]),
    ("write_files", &[List]),
    ("yum_repo_dir", &[Text]),
    ("yum_repos", &[Map]),
    ("zypper", &[Map]),
    ("zypper_repos", &[List]),
    ("snappy", &[Map]),
    ("ubuntu-advantage", &[Map]),
];

/// What a key may be; nothing where no module reads it. An empty list: whatever.
pub(super) fn expects(key: &str) -> Option<&'static [Shape]> {
    KEYS.iter().find(|(known, _)| *known == key).map(|(_, shapes)| *shapes)
}

/// The known key that was probably meant.
pub(super) fn nearest(key: &str) -> Option<&'static str> {
    if key.len() > 40 {
        return None;
    }
    let distances = KEYS.iter().map(|(known, _)| (distance(key, known), *known));
    let (distance, known) = distances.min()?;
    // A short word is near to everything.
    (distance <= 3.min(key.len() / 2)).then_some(known)
}

/// How many letters differ, are missing or are too many.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.bytes().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (cell, compared) in row.iter_mut().skip(1).zip(other.bytes()) {
            let value = (diagonal + usize::from(letter != compared))
                .min(left + 1)
                .min(*cell + 1);
            diagonal = std::mem::replace(cell, value);
            left = value;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_is_there_once() {
        let mut names: Vec<_> = KEYS.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), KEYS.len());
    }

    #[test]
    fn the_nearest_key_is_what_was_probably_meant() {
        assert_eq!(nearest("package"), Some("packages"));
        assert_eq!(nearest("runcmds"), Some("runcmd"));
        assert_eq!(nearest("write-files"), Some("write_files"));
        assert_eq!(nearest("sshauthorizedkeys"), Some("ssh_authorized_keys"));
        assert_eq!(nearest("something_else_entirely"), None);
        assert_eq!(nearest("x"), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
