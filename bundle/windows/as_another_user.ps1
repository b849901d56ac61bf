# Makes a user 中文用户 on this machine and lets them make up a zone, audit and issue it with the built program.
$ErrorActionPreference = "Stop"
$place = "D:\开发区（测试）\另一位"
New-Item -ItemType Directory -Force $place | Out-Null
Copy-Item -Recurse -Force "dist\园区年报通" "$place\园区年报通"
$password = ConvertTo-SecureString ([guid]::NewGuid().ToString() + "aA1!") -AsPlainText -Force
New-LocalUser "中文用户" -Password $password | Out-Null
$who = New-Object System.Management.Automation.PSCredential ("$env:COMPUTERNAME\中文用户", $password)
icacls $place /grant "中文用户:(OI)(CI)RX" | Out-Null
$program = "$place\园区年报通\园区年报通-命令行.exe"
foreach ($step in @("demo", "indicators --pack 台办 --period 2025", "check")) {
    $run = Start-Process $program -ArgumentList $step -Credential $who -LoadUserProfile -WorkingDirectory $place -PassThru -Wait
    if ($run.ExitCode -ne 0) { throw "${step}: $($run.ExitCode)" }
}
if (-not (Test-Path "C:\Users\中文用户\AppData\Local\园区年报通\园区年报.db")) { throw "no data file in the user's own folder" }
Remove-LocalUser "中文用户"
