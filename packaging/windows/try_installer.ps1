# Installs the MSI silently, tries it as a new ordinary user, and removes it again. For a throw-away Windows, as an administrator.
# NOT YET RUN: written against the documentation of Windows and PowerShell.
param([Parameter(Mandatory)] [string] $Installer)
$ErrorActionPreference = "Stop"

function Invoke-Installer([string] $what, [string] $log) {
    $done = Start-Process msiexec.exe -Wait -PassThru -ArgumentList $what, "`"$Installer`"", "/qn", "/norestart", "/l*v", $log
    if ($done.ExitCode -ne 0) { throw "msiexec $what ended with $($done.ExitCode); see $log" }
}

$program = Join-Path $env:ProgramFiles "Code4Health Tutor"
Invoke-Installer "/i" "install.log"
foreach ($name in "tutor.exe", "tutor-cli.exe", "learner-python.exe") {
    if (-not (Test-Path (Join-Path $program $name))) { throw "$name was not installed" }
    $said = (Get-Item (Join-Path $program $name)).VersionInfo
    if ($said.ProductName -notlike "*unofficial*" -or -not $said.FileVersion) { throw "$name says nothing of itself" }
}
if (-not (Test-Path (Join-Path $env:ProgramData "Microsoft\Windows\Start Menu\Programs\Code4Health Tutor.lnk"))) {
    throw "there is no shortcut in the Start menu of all users"
}

# An ordinary user, whose name has letters that not every code page has.
$name = "Sian" + [char]0x00EA + "n"
$password = ConvertTo-SecureString -AsPlainText -Force ("Aa1!" + [guid]::NewGuid())
New-LocalUser -Name $name -Password $password | Out-Null
Add-LocalGroupMember -SID "S-1-5-32-545" -Member $name
$credential = New-Object System.Management.Automation.PSCredential($name, $password)
$report = Join-Path $env:PUBLIC "self-test.json"
$done = Start-Process (Join-Path $program "tutor-cli.exe") -Credential $credential -LoadUserProfile -Wait -PassThru `
    -WorkingDirectory $env:PUBLIC -ArgumentList "self-test", "--json", "`"$report`""
if ($done.ExitCode -ne 0) {
    if (Test-Path $report) { Get-Content $report }
    throw "the self-test as an ordinary user ended with $($done.ExitCode)"
}

# Where an ordinary user may run programs from Program Files only, ours are such programs.
$rules = Get-AppLockerFileInformation -Directory $program -Recurse -FileType Exe | New-AppLockerPolicy -RuleType Path -User Everyone
foreach ($each in "tutor.exe", "learner-python.exe") {
    $allowed = $rules | Test-AppLockerPolicy -Path (Join-Path $program $each) -User Everyone
    if ($allowed.PolicyDecision -ne "Allowed") { throw "AppLocker would say $($allowed.PolicyDecision) to $each" }
}

$work = Join-Path $env:SystemDrive "Users\$name\AppData\Roaming\Code4Health Tutor\mine.txt"
New-Item -Force -ItemType File -Path $work -Value "mine" | Out-Null
Invoke-Installer "/x" "remove.log"
if (Test-Path $program) { throw "files are left in $program" }
if (-not (Test-Path $work)) { throw "a person's work was taken away" }
Write-Output "Installed, tried as an ordinary user, removed; a person's work is still there."
