package io.evenkeel.certificate;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

@Component
class CertificateConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        certificates(book);
        policies(book);
        book.rule("pk_listener_certificate", ErrorCode.CONFLICT, "The listener uses the certificate already");
        book.reference(
                "fk_listener_certificate_listener",
                "The listener was deleted at this moment",
                "The listener still has certificates");
        book.reference(
                "fk_listener_certificate_certificate",
                "The certificate was deleted at this moment",
                "A listener is using this certificate");
        book.rule("ck_listener_certificate_usage", ErrorCode.MISMATCH, "A listener has no such use for a certificate");
    }

    private static void certificates(Book book) {
        book.rule("pk_certificate", ErrorCode.CONFLICT, "The certificate exists already");
        book.reference("fk_certificate_project", "The project does not exist", "The project still has certificates");
        book.rule("ck_certificate_id", ErrorCode.MISMATCH, "The id of a certificate is 32 hex digits");
        book.rule("ck_certificate_type", ErrorCode.MISMATCH, "The type of a certificate is server or client");
        book.rule(
                "ck_certificate_private_key",
                ErrorCode.MISMATCH,
                "A certificate of type server has a private key, one of type client none");
        book.rule("pk_certificate_setting", ErrorCode.CONFLICT, "The setting was made at this moment");
        book.reference(
                "fk_certificate_setting_project", "The project does not exist", "The project still has settings");
    }

    private static void policies(Book book) {
        book.rule("pk_security_policy", ErrorCode.CONFLICT, "The security policy exists already");
        book.reference(
                "fk_security_policy_project", "The project does not exist", "The project still has security policies");
        book.rule("ck_security_policy_protocols", ErrorCode.MISMATCH, "A security policy has a protocol");
        book.rule("ck_security_policy_ciphers", ErrorCode.MISMATCH, "A security policy has a cipher");
        book.reference(
                "fk_listener_security_policy",
                "The security policy was deleted at this moment",
                "A listener is using this security policy");
    }
}
