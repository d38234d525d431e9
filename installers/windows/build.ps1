# Makes the Windows packages, on Windows. Needs Python 3.13 from python.org and WiX 3.14 (candle, light) on PATH.
#
#   installers\windows\build.ps1                          unsigned, to try
#   installers\windows\build.ps1 -Certificate THUMBPRINT  signed; needs signtool of the Windows SDK on PATH
param([string]$Certificate = "", [string]$Timestamp = "http://timestamp.digicert.com")
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")

function Invoke-Step([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE." }
}

function Add-Signature([string[]]$Files) {
    if ($Certificate -eq "") { return }
    Invoke-Step "signtool" (@("sign", "/sha1", $Certificate, "/fd", "SHA256", "/tr", $Timestamp, "/td", "SHA256") + $Files)
}

Invoke-Step "py" @("-3.13", "installers\checkout.py")
$python = ".venv\Scripts\python.exe"
Invoke-Step $python @("installers\build.py")
Add-Signature @("build\bundle\nhsdesk\nhsdesk.exe", "build\bundle\nhsdesk\nhsdesk-window.exe")
Invoke-Step $python @("installers\windows\msi.py")
Add-Signature (Get-ChildItem "build\packages\*.msi" | ForEach-Object { $_.FullName })
Get-FileHash "build\packages\*" -Algorithm SHA256 | ForEach-Object { "$($_.Hash.ToLower())  $(Split-Path $_.Path -Leaf)" } |
    Set-Content "build\packages\SHA256SUMS.txt" -Encoding ascii
if ($Certificate -eq "") { Write-Warning "The packages are not signed: Windows will warn of an unknown publisher." }
