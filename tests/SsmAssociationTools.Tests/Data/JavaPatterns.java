import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Writes java-patterns.jsonl: what java.util.regex says of patterns and values. Run with: java JavaPatterns.java > java-patterns.jsonl
 * W: the whole value matches; S: only a part of it; N: nothing; E: no pattern of Java.
 */
public final class JavaPatterns {
    private static final String[] WRITTEN = {
        // As documents of AWS and the user guide have them.
        "^[a-zA-Z0-9_\\-.]{3,128}$", "[a-zA-Z0-9_\\-.]{3,128}", "([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)",
        "(^$)|^i-[a-z0-9]{8,17}$", "^(i|mi)-[0-9a-f]{8,17}$", "^arn:(aws|aws-cn|aws-us-gov):iam::\\d{12}:role/[\\w+=,.@/-]+$", "^[^\\s]+$", "^$|[^\\x00]{1,64}",
        "^(?!\\.)[^/]+(?<!\\.)$", "(?i)^(true|false)$", "^\\S+@\\S+\\.\\S+$", "^(\\d{1,3}\\.){3}\\d{1,3}$", "^[\\p{L}\\p{N}_.:/=+\\-@ ]*$", "^\\p{Alnum}+$", "a|ab", "(?s).*", "(?s)^.{1,5}$", ".*", ".+", "^.*$",
        "^https://.*", "^s3://[^/]+/.+$", "^(Scan|Install)$", "Scan|Install", "^[^'\"`]*$", "^\\{.*\\}$", "\\d+", "[0-9]+", "\\w+", "\\s", "^\\d{4}-\\d{2}-\\d{2}$",
        // What the two languages read differently.
        "\\d", "^\\d$", "^\\w$", "^\\W$", "^\\s$", "^\\S$", "^\\D$", "\\h", "^\\H+$", "\\v", "^\\V$", "\\R", "^a\\R$", "\\X", "a$", "^a$", "a\\z", "a\\Z", "\\Aa", "^a.$", "a.b", "[.]", "\\.", "a\\b", "\\Ba",
        "a*+a", "a++b", "a?+a", "(ab)*+a", "a{1,2}+a", "[ab]++c", "(?>a*)a", "a*?b", "a+?", "a??", "a{2}", "a{2,}", "a{0,2}?", "a{,2}", "a{", "{a", "a}", "x{1", "]", "[]a]", "[^]a]+", "[a&&b]", "[a-c&&[^b]]", "[a-c&&b-d]",
        "[a-d[0-3]]+", "[a-c[x&&x]]", "[^a-c[x]]", "[a-z&&[^aeiou]]+", "[a-z&&[def][ghi]]", "[&&a]", "[a&&]", "[a&b]+", "[a-]", "[-a]+", "[a\\-c]+", "[a-\\d]", "[\\d-a]", "[a-c-e]+", "[[]", "[a[]", "[\\[\\]]+", "[^\\n]+", "[^a\\n]*",
        "[a-z-[aeiou]]+", "[\\w&&[^\\d]]+", "[\\s\\S]+", "[\\d\\s]+", "[\\p{Upper}1]+", "[\\P{Alpha}]+", "[\\h]", "[^\\h]+", "[\\v]", "[\\Qa-c\\E]+", "[\\x41-\\x43]+", "[\\u0041-C]+", "[\\cA]", "[\\t]", "[\\e]", "[\\b]", "[^]", "[]",
        "\\p{Lower}", "\\p{Upper}", "\\p{ASCII}+", "\\p{Alpha}", "\\p{Digit}", "\\p{Alnum}", "\\p{Punct}", "\\p{Graph}+", "\\p{Print}+", "\\p{Blank}", "\\p{Cntrl}", "\\p{XDigit}", "\\p{Space}", "\\p{L}", "\\pL", "\\PL", "\\pN+", "\\p{Lu}",
        "\\P{Lu}", "\\p{IsL}", "\\p{IsAlphabetic}", "\\p{IsLatin}", "\\p{InGreek}", "\\p{InBasicLatin}", "\\p{javaLowerCase}", "\\p{script=Latin}", "\\p{gc=Lu}", "\\p{general_category=Lu}", "\\p{Sc}", "\\p{LC}", "\\p{L1}", "\\p{Wrong}", "\\p{", "\\p",
        "\\Qa.b\\E", "\\Q", "\\Qa", "\\E", "\\Qab\\E+", "\\Q*\\E", "\\x41", "\\x{41}", "\\x{1F600}", "\\u0041", "\\u004", "\\x4", "\\0101", "\\0", "\\07", "\\cA", "\\ca", "\\a", "\\e", "\\f", "\\t", "\\n", "\\r", "\\y", "\\i", "\\_", "\\-", "\\/", "\\\"",
        "(a)\\1", "(a)(b)\\2\\1", "(a)\\11", "\\1", "(a)|b\\1", "(?<x>a)\\k<x>", "(?<x>a)\\1", "(?<x>a)(b)\\2", "(a)(?<x>b)\\1", "(?'x'a)", "(?P<x>a)", "\\k<y>", "(?<x1>a)", "(?<1x>a)", "(?<x_y>a)", "(\\1a)", "(a\\1)",
        "(?i)a", "(?i)abc", "(?i)[a-c]+", "(?i)\u00e9", "(?i)k", "(?i:a)b", "a(?i)b", "a(?i)b|c", "(a(?i)b)c", "(?-i)a", "(?i)a(?-i)b", "(?i)[^a]", "(?iu)\u00e9", "(?u)a", "(?x)a b", "(?x)a # c", "(?x)[a b]", "(?m)^a$", "(?m)a$", "(?d)a.", "(?s)a.", "(?s:a.)b.", "(?U)\\w", "(?is)A.", "(?z)a", "(?i",
        "(?=a)ab", "(?!a).", "(?<=a)b", "(?<!a)b", "(?<=a|bc)d", "(?<=a+)b", "(?<=a{1,3})b", "(?#c)a", "(?(a)b|c)", "(?", "(", ")", "(a", "a)", "()", "(|a)", "a||b", "|", "a|", "*", "+a", "?", "a**", "a+*", "^*", "$+", "^*a", "(?:)*", "(a*)*", "(a|b)*abb", "(a*)+b", "^+a",
        "^", "$", "", "a^b", "a$b", "\\Ga", "\\z", "\\Z", "$\\n", "a$\\n", "a\\n$", "^$", "(^|,)a(,|$)", "\u00e9", "[\u00e9-\u00ff]", ".", "..", "^.{2}$", "[^a]", "^[^a]$", "\ud83d\ude00", "[\ud83d\ude00]", "\\ud83d\\ude00", "\\N{LATIN SMALL LETTER A}", "#", " ", "a b", "\\ ", "\\#", "~", "<a>", "\\<a\\>", "'", "\\'", "\\`", "%", "&&", "a&&b", "@", "=", "!", ":", ",", ";",
        "\\b\u00e9", "\\ba\\b", "a\\b-", "\\b{g}", "\\Bb", "\\b", "(?<=\\b)a",
    };

    private static final String[] VALUES = {
        "", "a", "A", "b", "ab", "aB", "AB", "abc", "aa", "aaa", "aab", "aabb", "ba", "1", "12", "123", "12345", "_", "-", "a-b", "a b", " ", "\t", "\u00a0", "\u000b", "\f", "a\n", "a\r\n", "a\r", "a\u0085", "a\u2028", "a\n\n", "\na", "a\nb", "\n", "\r\n",
        "\u00e9", "\u00c9", "a\u00e9", "\u00e9a", "\u212a", "\u017f", "\u0660", "\u03b1", "\ud83d\ude00", "a\ud83d\ude00", "^", "$", ".", "a.b", "[", "]", "{", "}", "{a", "a{", "x{1", "*", "+", "#", "&", "&&", "a&&b", "~", "<a>", "'", "\"", "/", "\\", "!", ",", "a,b",
        "\u0001", "\u0007", "\u001b", "\u0000", "d", "bcd", "abb", "Scan", "install", "Scan now", "i-0123456789abcdef0", "172800", "172801", "true", "TRUE", "arn:aws:iam::111122223333:role/Ops", "2026-01-02", "10.0.0.1", "me@example.com",
    };

    private static final String[] ATOMS = {
        "a", "b", "c", "B", "0", "1", "_", "-", " ", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\h", "\\v", "\\R", ".", "[a-c]", "[^a]", "[a-c&&[^b]]", "[\\d_]", "[a-b[0-1]]", "[^\\w]", "[\\s-]", "\\p{Alpha}", "\\p{Upper}", "\\p{Punct}", "\\pL",
        "\\P{Lower}", "\\x61", "\\.", "\\b", "\\B", "^", "$", "\\A", "\\z", "\\Z", "(?=a)", "(?!b)", "(?<=a)", "(?<!b)", "\\Qa.\\E", "(?i)", "\u00e9", "\n",
    };

    private static final String[] QUANTIFIERS = { "", "", "", "", "", "?", "*", "+", "{2}", "{1,2}", "{0,1}", "??", "*?", "+?", "?+", "*+", "++", "{1,2}+", "{1,}?" };

    private static String random(Random random, int depth) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(3);
        for (int i = 0; i < pieces; i++) {
            if (i > 0 && random.nextInt(6) == 0) {
                text.append('|');
            }
            String atom;
            if (depth > 0 && random.nextInt(4) == 0) {
                String[] opens = { "(", "(?:", "(?i:", "(?>", "(?s:" };
                atom = opens[random.nextInt(opens.length)] + random(random, depth - 1) + ")";
            } else if (random.nextInt(25) == 0) {
                atom = "\\1";
            } else {
                atom = ATOMS[random.nextInt(ATOMS.length)];
            }
            text.append(atom).append(QUANTIFIERS[random.nextInt(QUANTIFIERS.length)]);
        }
        return text.toString();
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** A value of which not endlessly many characters are read: some patterns never come to an end. */
    private static final class Bounded implements CharSequence {
        private final String text;
        private final long[] left;

        Bounded(String text, long[] left) {
            this.text = text;
            this.left = left;
        }

        @Override
        public char charAt(int index) {
            if (left[0]-- == 0) {
                throw new IllegalStateException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            if (left[0]-- == 0) {
                throw new IllegalStateException();
            }
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Bounded(text.substring(start, end), left);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static char say(Pattern pattern, String value) {
        boolean whole = pattern.matcher(new Bounded(value, new long[] { 3000 })).matches();
        boolean found = pattern.matcher(new Bounded(value, new long[] { 3000 })).find();
        return whole ? (found ? 'W' : 'M') : found ? 'S' : 'N';
    }

    public static void main(String[] arguments) {
        Random random = new Random(14);
        Set<String> patterns = new LinkedHashSet<>(List.of(WRITTEN));
        while (patterns.size() < 900) {
            patterns.add(random(random, 2));
        }
        StringBuilder values = new StringBuilder("{\"values\":[");
        for (int i = 0; i < VALUES.length; i++) {
            values.append(i == 0 ? "" : ",").append(quoted(VALUES[i]));
        }
        System.out.println(values.append("]}"));
        for (String text : patterns) {
            StringBuilder said = new StringBuilder();
            try {
                Pattern pattern = Pattern.compile(text);
                for (String value : VALUES) {
                    said.append(say(pattern, value));
                }
            } catch (PatternSyntaxException e) {
                said.append('E');
            } catch (IllegalStateException e) {
                continue;
            }
            System.out.println("{\"pattern\":" + quoted(text) + ",\"says\":\"" + said + "\"}");
        }
    }
}
