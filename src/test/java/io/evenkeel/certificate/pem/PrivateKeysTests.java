package io.evenkeel.certificate.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.identity.Secret;
import io.evenkeel.platform.error.ElbException;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Issued;
import io.evenkeel.testing.Pki.Wish;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrivateKeysTests {

    static Stream<KeyPair> kinds() {
        return Stream.of(Pki.rsa(2048, 1), Pki.rsa(3072, 1), Pki.ec(1), Pki.ec("secp384r1", 1), Pki.ec("secp521r1", 1));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsEachKindInEachFormAndKnowsItsCertificate(KeyPair keys) {
        var issued = Pki.selfSigned(Wish.of("a").keys(keys));
        // Named in front, as openssl ecparam -genkey writes it.
        var parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        for (var form : new String[] {issued.key(), issued.traditionalKey(), "Bag Attributes\n" + issued.key()}) {
            PrivateKeys.checkPair(keys.getPublic(), PrivateKeys.read(new Secret(form)));
        }
        assertThatCode(() -> PrivateKeys.read(new Secret(parameters + issued.traditionalKey())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesAKeyOfAnotherCertificate(KeyPair keys) {
        var others = Stream.of(Pki.rsa(2048, 2), Pki.ec(2), Pki.ec("secp384r1", 2));

        others.forEach(other -> assertThatThrownBy(() -> PrivateKeys.checkPair(keys.getPublic(), other.getPrivate()))
                .hasMessage("Invalid private key or certificate content. private_key does not belong to the first"
                        + " certificate."));
    }

    static Stream<String> garbage() {
        var key = Pki.selfSigned("a").key();
        return Stream.of(
                "",
                "hello",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n",
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n",
                "-----BEGIN NONSENSE-----\nAAAA\n-----END NONSENSE-----\n",
                key.substring(0, key.length() / 2),
                key + key,
                key + Pki.selfSigned("b").pem(),
                Pki.selfSigned("b").pem(),
                Pki.pem("PRIVATE KEY", new byte[6000]));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void refusesWhatIsNoKeyAndQuotesNothingOfIt(String text) {
        assertThatThrownBy(() -> PrivateKeys.read(new Secret(text)))
                .isInstanceOf(ElbException.class)
                .hasMessageStartingWith("Invalid private key or certificate content. private_key ")
                .hasMessageNotContaining("AAAA")
                .hasNoCause();
    }

    @Test
    void refusesKeysOfAnotherKind() throws Exception {
        var edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThatThrownBy(() -> PrivateKeys.read(
                        new Secret(Pki.pem("PRIVATE KEY", edwards.getPrivate().getEncoded()))))
                .hasMessageContaining("must be an RSA key (PKCS#1 or PKCS#8) or an EC key");
    }

    @Test
    void refusesEncryptedKeysInBothForms() throws Exception {
        var key = Pki.rsa(2048, 1).getPrivate();
        var provider = new BouncyCastleProvider();
        var modern = new JcaPKCS8Generator(
                key,
                new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                        .setProvider(provider)
                        .setPassword("secret".toCharArray())
                        .build());
        var old = new JcaMiscPEMGenerator(
                key,
                new JcePEMEncryptorBuilder("AES-256-CBC").setProvider(provider).build("secret".toCharArray()));
        for (var generator : new org.bouncycastle.util.io.pem.PemObjectGenerator[] {modern, old}) {
            var text = new StringWriter();
            try (var writer = new JcaPEMWriter(text)) {
                writer.writeObject(generator);
            }
            assertThatThrownBy(() -> PrivateKeys.read(new Secret(text.toString())))
                    .hasMessageContaining("private_key must not be encrypted");
        }
    }

    /** Numbers of thousands of bits would make one signature take seconds. */
    @Test
    void refusesAKeyWhoseNumbersAreBlownUp() throws Exception {
        var real = (RSAPrivateCrtKey) Pki.rsa(2048, 1).getPrivate();
        var huge = new BigInteger(12_000, new SecureRandom()).setBit(11_999);
        var forged = new RSAPrivateKey(
                real.getModulus(),
                real.getPublicExponent(),
                real.getPrivateExponent(),
                huge,
                real.getPrimeQ(),
                huge,
                real.getPrimeExponentQ(),
                real.getCrtCoefficient());
        var key = PrivateKeys.read(new Secret(Pki.pem("RSA PRIVATE KEY", forged.getEncoded())));

        assertThatThrownBy(() -> PrivateKeys.checkPair(Pki.rsa(2048, 1).getPublic(), key))
                .hasMessageContaining("does not belong");
    }

    @Test
    void refusesAKeyThatHasTheModulusAloneInCommon() throws Exception {
        var real = (RSAPrivateCrtKey) Pki.rsa(2048, 1).getPrivate();
        var forged = new RSAPrivateKey(
                real.getModulus(),
                real.getPublicExponent(),
                real.getPrivateExponent().subtract(BigInteger.TWO),
                real.getPrimeP(),
                real.getPrimeQ(),
                real.getPrimeExponentP().subtract(BigInteger.TWO),
                real.getPrimeExponentQ(),
                real.getCrtCoefficient());
        var key = PrivateKeys.read(new Secret(Pki.pem("RSA PRIVATE KEY", forged.getEncoded())));

        assertThatThrownBy(() -> PrivateKeys.checkPair(Pki.rsa(2048, 1).getPublic(), key))
                .hasMessageContaining("does not belong");
    }

    @Test
    void showsNoKeyInItsText() {
        Issued issued = Pki.selfSigned("a");

        assertThat(new Secret(issued.key()).toString()).isEqualTo("***");
    }
}
