"""What Windows shows under 属性 → 详细信息."""

from __future__ import annotations

from typing import Any

from bundle.contents import numbers


def version_info(name: str, version: str) -> Any:
    """The version resource of the program file."""
    # of PyInstaller, which only the build has; it loads on Windows alone
    from PyInstaller.utils.win32 import versioninfo as info

    texts = {
        "ProductName": name,
        "FileDescription": name,
        "ProductVersion": version,
        "FileVersion": version,
        "InternalName": name,
        "OriginalFilename": f"{name}.exe",
        "LegalCopyright": "MIT",
    }
    strings = [info.StringStruct(key, text) for key, text in texts.items()]
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=numbers(version), prodvers=numbers(version), mask=0x3F, OS=0x40004, fileType=1),
        kids=[
            info.StringFileInfo([info.StringTable("080404B0", strings)]),  # Chinese, Unicode
            info.VarFileInfo([info.VarStruct("Translation", [0x0804, 0x04B0])]),
        ],
    )
