BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule

    function Test-Listening([uri] $Url) {
        $client = New-Object Net.Sockets.TcpClient
        try { $client.Connect($Url.Host, $Url.Port); $true } catch { $false } finally { $client.Dispose() }
    }
}

Describe 'The embedded endpoint' {
    AfterEach {
        Stop-SsmLocalEndpoint
    }

    It 'listens on loopback until it is stopped' {
        $endpoint = Start-SsmLocalEndpoint
        $endpoint.Url.IsLoopback | Should -BeTrue
        $endpoint.Url.Port | Should -BeGreaterThan 0
        $endpoint.IsRunning | Should -BeTrue
        Test-Listening $endpoint.Url | Should -BeTrue
        $endpoint | Stop-SsmLocalEndpoint
        $endpoint.IsRunning | Should -BeFalse
        Test-Listening $endpoint.Url | Should -BeFalse
    }

    It 'says that a port is taken' {
        $endpoint = Start-SsmLocalEndpoint
        $caught = $null
        try { Start-SsmLocalEndpoint -Port $endpoint.Url.Port } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -Be 'PortInUse,SsmAssociationTools.Commands.StartSsmLocalEndpointCommand'
        $caught.Exception.Message | Should -Match "$($endpoint.Url.Port)"
    }

    It 'keeps associations in a file' {
        $path = Join-Path $TestDrive 'state.json'
        $first = Start-SsmLocalEndpoint -StatePath $path
        $to = $first.Connection
        New-Sample | New-SsmAssociationBatch @to | Out-Null
        $first | Stop-SsmLocalEndpoint
        (Start-SsmLocalEndpoint -StatePath $path).AssociationCount | Should -Be 1
    }

    It 'answers other programs as the service does' {
        $endpoint = Start-SsmLocalEndpoint
        $body = '{"Entries":[{"Name":"AWS-UpdateSSMAgent","InstanceId":"i-0123456789abcdef0"},{"Name":"No-Such-Document","Targets":[{"Key":"tag:Role","Values":["web"]}]}]}'
        # Invoke-RestMethod of PowerShell 7 checks the Authorization header against a scheme that AWS does not follow.
        $client = New-Object Net.WebClient
        $client.Headers['Content-Type'] = 'application/x-amz-json-1.1'
        $client.Headers['X-Amz-Target'] = 'AmazonSSM.CreateAssociationBatch'
        $client.Headers['Authorization'] = 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/ssm/aws4_request, SignedHeaders=host, Signature=00'
        $answer = ConvertFrom-Json $client.UploadString($endpoint.Url, $body)
        @($answer.Successful).Count | Should -Be 1
        $answer.Successful[0].AssociationVersion | Should -Be '1'
        @($answer.Failed).Count | Should -Be 1
        $answer.Failed[0].Fault | Should -Be 'Client'
    }

    It 'stops when the module is removed' {
        $text = Invoke-FreshShell @'
$url = (Start-SsmLocalEndpoint).Url
Remove-Module SsmAssociationTools
$client = New-Object Net.Sockets.TcpClient
try { $client.Connect($url.Host, $url.Port); 'still listening' } catch { 'stopped' }
'@
        $text | Should -Be 'stopped'
    }
}
