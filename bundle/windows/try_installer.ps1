# Installs the program silently for the user who runs this, runs it, installs over it, and removes it; the data file must stay.
$ErrorActionPreference = "Stop"
$setup = (Get-ChildItem dist\*-windows-安装.exe).FullName
$place = "$env:LOCALAPPDATA\Programs\园区年报通"
$data = "$env:LOCALAPPDATA\园区年报通\园区年报.db"
foreach ($time in 1, 2) {
    $run = Start-Process $setup -ArgumentList "/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART" -PassThru -Wait
    if ($run.ExitCode -ne 0) { throw "installer: $($run.ExitCode)" }
    & "$place\园区年报通-命令行.exe" --version
    if ($LASTEXITCODE -ne 0) { throw "the installed program does not start" }
    if ($time -eq 1) { & "$place\园区年报通-命令行.exe" demo }
}
$before = (Get-FileHash $data).Hash
$run = Start-Process "$place\unins000.exe" -ArgumentList "/VERYSILENT", "/SUPPRESSMSGBOXES" -PassThru -Wait
Start-Sleep 5
if (Test-Path "$place\园区年报通.exe") { throw "the program is still there" }
if ((Get-FileHash $data).Hash -ne $before) { throw "the data file was touched" }
