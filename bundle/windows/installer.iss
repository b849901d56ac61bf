; The installer for Windows: for one person, without an administrator. Built after dist\园区年报通, in the repository's folder:
;   iscc /DVersion=0.0.0 bundle\windows\installer.iss
; The same file brings a newer version: run over the old one it replaces it, data files stay where they are.
#ifndef Version
  #error write /DVersion=… (python -c "from models.version import VERSION; print(VERSION)")
#endif
#define Name "园区年报通"

[Setup]
AppId={{8C1B7F0E-5B0B-4E0E-9C53-6F0F6B0A7D41}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
VersionInfoVersion={#Version}
VersionInfoDescription={#Name} 安装程序
PrivilegesRequired=lowest
DefaultDirName={localappdata}\Programs\{#Name}
DisableProgramGroupPage=yes
UsePreviousAppDir=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
CloseApplications=yes
RestartApplications=no
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ShowLanguageDialog=no
SetupIconFile=..\..\build\build\made\{#Name}.ico
UninstallDisplayIcon={app}\{#Name}.exe
UninstallDisplayName={#Name}
SourceDir=..\..
OutputDir=dist
OutputBaseFilename={#Name}-{#Version}-windows-安装

[Languages]
#if FileExists(AddBackslash(CompilerPath) + "Languages\ChineseSimplified.isl")
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
#else
Name: "zh"; MessagesFile: "compiler:Default.isl"
#endif

[LangOptions]
zh.LanguageName=简体中文
zh.LanguageID=$0804
zh.DialogFontName=Microsoft YaHei UI

[Tasks]
Name: "desktop"; Description: "在桌面上放一个图标"

[InstallDelete]
; what an older version had and this one has not; a person's files are never in there
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "dist\{#Name}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{userprograms}\{#Name}"; Filename: "{app}\{#Name}.exe"
Name: "{userdesktop}\{#Name}"; Filename: "{app}\{#Name}.exe"; Tasks: desktop

[Run]
Filename: "{app}\{#Name}.exe"; Description: "现在打开{#Name}"; Flags: postinstall nowait skipifsilent

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if (Step = usPostUninstall) and not UninstallSilent then
    MsgBox('程序已卸载。数据文件和备份没有删除，仍在：' + #13#10 + ExpandConstant('{localappdata}\{#Name}'), mbInformation, MB_OK);
end;

[Messages]
SetupAppTitle=安装
SetupWindowTitle=安装 - %1
UninstallAppTitle=卸载
UninstallAppFullTitle=卸载 %1
InformationTitle=提示
ConfirmTitle=请确认
ErrorTitle=出错
ExitSetupTitle=退出安装
ExitSetupMessage=还没有装完。现在退出，程序就没有装上；以后可以再运行安装程序。%n%n要退出吗？
ButtonBack=< 上一步(&B)
ButtonNext=下一步(&N) >
ButtonInstall=安装(&I)
ButtonOK=确定
ButtonCancel=取消
ButtonYes=是(&Y)
ButtonNo=否(&N)
ButtonFinish=完成(&F)
ButtonBrowse=换地方(&B)...
ButtonWizardBrowse=换地方(&R)...
ButtonNewFolder=新建文件夹(&M)
ClickNext=点“下一步”继续，点“取消”退出。
BrowseDialogTitle=选文件夹
BrowseDialogLabel=选一个文件夹，再点“确定”。
NewFolderName=新建文件夹
WelcomeLabel1=安装 [name]
WelcomeLabel2=将在这台电脑上给您自己安装 [name/ver]，不需要管理员。%n%n如果正开着旧版，请先关闭它。数据文件不会改动。
WizardSelectDir=装在哪里
SelectDirDesc=[name] 装在哪里？
SelectDirLabel3=程序将装在下面的文件夹里；一般不用改。
SelectDirBrowseLabel=点“下一步”继续；要换文件夹请点“换地方”。
DiskSpaceMBLabel=至少要有 [mb] MB 空余。
DiskSpaceGBLabel=至少要有 [gb] GB 空余。
DirExistsTitle=文件夹已经有了
DirExists=文件夹：%n%n%1%n%n已经有了。就装在这里吗？
DiskSpaceWarningTitle=空间不够
DiskSpaceWarning=要有 %1 KB 空余，所选的盘上只有 %2 KB。%n%n仍要继续吗？
InvalidPath=请写上带盘符的完整路径，例如：%n%nC:\园区年报通
WizardSelectTasks=还要做什么
SelectTasksDesc=装程序时还要做什么？
SelectTasksLabel2=请选好，再点“下一步”。
WizardReady=可以安装了
ReadyLabel1=现在安装 [name]。
ReadyLabel2a=点“安装”开始；要改请点“上一步”。
ReadyLabel2b=点“安装”开始。
ReadyMemoDir=装在：
ReadyMemoTasks=另外：
WizardPreparing=正在准备
PreparingDesc=正在准备安装 [name]。
ApplicationsFound=下面的程序正用着要更新的文件，请让安装程序关闭它们。
ApplicationsFound2=下面的程序正用着要更新的文件，请让安装程序关闭它们；装好后可以再打开。
CloseApplications=关闭它们(&A)
DontCloseApplications=不关闭(&D)
ErrorCloseApplications=没能关闭所有程序，请您自己关闭后再继续。
WizardInstalling=正在安装
InstallingLabel=正在安装 [name]，请稍候。
FinishedHeadingLabel=[name] 装好了
FinishedLabelNoIcons=[name] 已装在这台电脑上。
FinishedLabel=[name] 已装在这台电脑上，从开始菜单或桌面图标打开。
ClickFinish=点“完成”结束。
RunEntryExec=打开 %1
SetupAborted=没有装成。%n%n请按上面的提示处理后，再运行一次安装程序。
StatusClosingApplications=正在关闭程序...
StatusCreateDirs=正在建文件夹...
StatusExtractFiles=正在写入文件...
StatusCreateIcons=正在建快捷方式...
StatusSavingUninstall=正在保存卸载信息...
StatusRunProgram=正在完成...
StatusRollback=正在恢复原样...
StatusUninstalling=正在卸载 %1...
ErrorCreatingDir=建不了文件夹“%1”
ErrorReplacingExistingFile=换不了原有的文件：
ErrorCopying=写文件时出错：
ConfirmUninstall=要卸载 %1 吗？数据文件和备份会留着。
UninstallStatusLabel=正在从这台电脑上卸载 %1，请稍候。
UninstalledAll=%1 已卸载。
UninstalledMost=%1 已卸载。%n%n有些文件没能删去，可以手工删。
WizardUninstalling=正在卸载
OnlyOnTheseArchitectures=这个程序只能装在这样的 Windows 上：%n%n%1
WinVersionTooLowError=这个程序要 %1 %2 或更新的版本。
ShutdownBlockReasonInstallingApp=正在安装 %1。
ShutdownBlockReasonUninstallingApp=正在卸载 %1。
