"""Static files under the hash of their content, modules that import each other included (ไฟล์คงที่)."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_OURS = r"\.\.?/[^\"]+\.m?js"
"""Only addresses written as we write them: packages of others name files in comments, and files that nobody has."""


class HashedFiles(CompressedManifestStaticFilesStorage):
    """What a page or a module names is named by its hash, so that parts of two versions never meet."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "*.js",
            (
                (
                    rf"(?m)^(?P<matched>import\s(?P<names>[^'\"]*?)\sfrom\s\"(?P<url>{_OURS})\";)$",
                    'import %(names)s from "%(url)s";',
                ),
                (rf"(?P<matched>\bimport\(\"(?P<url>{_OURS})\"\))", 'import("%(url)s")'),
            ),
        ),
    )
