using SsmAssociationTools.Rules;
using Xunit;

namespace SsmAssociationTools.Tests.Rules;

/// <summary>Addresses are shown without the user name and password that may be in them.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("http://ssm.example/", "http://ssm.example/")]
    [InlineData("http://user:very-secret@ssm.example/p", "http://ssm.example/p")]
    [InlineData("http://user:very/secret@ssm.example", "http://ssm.example")]
    [InlineData("http://user:very?secret@ssm.example/", "http://ssm.example/")]
    [InlineData("http://user:very@secret@ssm.example/", "http://ssm.example/")]
    [InlineData("user:very-secret@ssm.example", "ssm.example")]
    [InlineData("ftp://user:very-secret@ssm.example/a?token=very-secret", "ftp://ssm.example/a")]
    [InlineData("http://ssm.example/?token=very-secret", "http://ssm.example/")]
    [InlineData("", "")]
    public void An_address_that_somebody_gave(string text, string expected) => Assert.Equal(expected, MessageText.Address(text));

    [Theory]
    [InlineData("No answer from http://user:very-secret@proxy.example:3128/x, nor from https://b:c@d", "No answer from http://proxy.example:3128/x, nor from https://d")]
    [InlineData("a@b and http://x/y@z", "a@b and http://x/y@z")]
    public void An_address_within_a_text(string text, string expected) => Assert.Equal(expected, MessageText.WithoutUserInfo(text));
}
