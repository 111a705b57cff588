//! The second PDF engine: what it draws, what it refuses, and where a run says that it was used.

#[cfg(feature = "genpdf")]
mod drawn;
#[cfg(feature = "genpdf")]
mod read;
#[cfg(feature = "genpdf")]
mod runs;

#[cfg(not(feature = "genpdf"))]
mod without {
    use std::fs;

    use crate::batch::CASE;
    use crate::support::{names, run};

    #[test]
    fn without_the_feature_genpdf_is_refused_with_how_to_get_it() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().to_str().unwrap();
        for command in ["write", "batch"] {
            let ended = run(&[command, CASE, "-o", to, "--pdf-engine", "genpdf"]);
            assert_eq!(ended.code, Some(2), "{ended:?}");
            assert!(ended.stderr.contains("cargo install --path . --features genpdf"), "{ended:?}");
        }
        assert_eq!(names(folder.path()), [""; 0]);
    }

    #[test]
    fn without_the_feature_a_folder_made_with_genpdf_is_summed_and_not_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().to_str().unwrap();
        run(&["batch", CASE, "-o", to, "--as-of", "2026-11-21", "--format", "pdf"]);
        let path = folder.path().join("manifest.jsonl");
        let manifest = fs::read_to_string(&path).unwrap();
        assert!(manifest.contains("\"engine\":\"krilla\""), "{manifest}");
        fs::write(&path, manifest.replace("\"engine\":\"krilla\"", "\"engine\":\"genpdf\""))
            .unwrap();
        let ended = run(&["verify", to]);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        let told =
            "made with the PDF engine genpdf, which is not built into this program: the sums";
        assert!(ended.stdout.starts_with(told), "{ended:?}");
        assert!(ended.stdout.contains("0 cases made again"), "{ended:?}");
    }
}
