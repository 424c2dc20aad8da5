//! Urgency in Spanish, German, French and Portuguese, by posts that a desk could get.

use earshot_reading::{Context, Intent, Level, Reader};

/// Post, least and greatest level, reasons that must be among those shown.
type Case = (&'static str, Level, Level, &'static [&'static str]);

fn check(language: &str, cases: &[Case]) {
    let reader = Reader::new();
    let mut wrong = Vec::new();
    for (text, least, most, codes) in cases {
        let reading = reader.read(text, &Context::default());
        let shown: Vec<(&str, &str)> = reading
            .urgency
            .reasons
            .iter()
            .map(|reason| (reason.code.0.as_ref(), reason.span.of(text).unwrap_or("cut a character apart")))
            .collect();
        let level = reading.urgency.level;
        let named = codes.iter().all(|code| shown.iter().any(|(shown, _)| shown == code));
        if reading.language.code.as_str() != language || level < *least || level > *most || !named {
            wrong.push(format!(
                "{text}\n  read as {}, {level:?} ({}), {shown:?}",
                reading.language.code.as_str(),
                reading.urgency.score
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

use Level::{Critical, High, Low, None, Normal};

#[test]
fn spanish() {
    check(
        "es",
        &[
            (
                "Mi maleta no llegó y nadie contesta, llevo tres días esperando",
                High,
                High,
                &["lost_stolen_damaged", "repeated_contact", "waiting"],
            ),
            ("Me han cobrado dos veces el mismo billete y quiero mi dinero", High, High, &["money"]),
            (
                "Estamos tirados en el aeropuerto de Bergen con dos niños y sin hotel",
                Critical,
                Critical,
                &["stranded"],
            ),
            ("Había un trozo de cristal en mi ensalada, me sangra la boca", Critical, Critical, &["safety"]),
            (
                "Han hackeado mi cuenta y están comprando con mi tarjeta",
                Critical,
                Critical,
                &["account_access"],
            ),
            (
                "No puedo entrar en mi cuenta desde ayer, me dice que está bloqueada",
                High,
                High,
                &["account_access"],
            ),
            (
                "@northwindair ¿puedo llevar una bicicleta plegable como equipaje de mano?",
                Normal,
                Normal,
                &["question"],
            ),
            ("@northwindair ¿Cuándo abre la sala de espera los domingos?", Normal, Normal, &["question"]),
            ("Muchas gracias por la ayuda, ya está todo resuelto", None, Low, &[]),
            ("Qué mañana tan bonita para pasear por el puerto con mi familia", None, Low, &[]),
            ("La tripulación fue muy amable, me encanta volar con ustedes", None, Low, &[]),
        ],
    );
}

#[test]
fn german() {
    check(
        "de",
        &[
            (
                "Mein Koffer ist nicht angekommen und niemand antwortet, ich warte seit drei Tagen",
                High,
                High,
                &["lost_stolen_damaged", "repeated_contact", "waiting"],
            ),
            ("Ihr habt mir den Flug doppelt abgebucht, ich will mein Geld zurück", High, High, &["money"]),
            (
                "Wir sitzen mit zwei kleinen Kindern am Flughafen fest und haben kein Hotel",
                Critical,
                Critical,
                &["stranded"],
            ),
            ("Im Salat war ein Glassplitter, mein Mund blutet", Critical, Critical, &["safety"]),
            (
                "Mein Konto wurde gehackt und jemand kauft mit meiner Karte ein",
                Critical,
                Critical,
                &["account_access"],
            ),
            (
                "Seit zwei Wochen kein Internet, die Hotline ist nie erreichbar",
                High,
                High,
                &["outage", "waiting"],
            ),
            ("@northwindair kann ich ein Faltrad als Handgepäck mitnehmen?", Normal, Normal, &["question"]),
            ("@northwindair Wann öffnet die Lounge am Sonntag?", Normal, Normal, &["question"]),
            ("Vielen Dank für die schnelle Hilfe, jetzt hat sich alles erledigt", None, Low, &[]),
            ("Ein wunderschöner Morgen für einen Spaziergang am Hafen", None, Low, &[]),
            ("Die Crew war sehr freundlich, ich bin begeistert von euch", None, Low, &[]),
        ],
    );
}

#[test]
fn french() {
    check(
        "fr",
        &[
            (
                "Ma valise n'est jamais arrivée et personne ne répond, j'attends depuis trois jours",
                High,
                High,
                &["lost_stolen_damaged", "repeated_contact", "waiting"],
            ),
            ("Vous m'avez débité deux fois le même billet, je veux un remboursement", High, High, &["money"]),
            (
                "Nous sommes bloqués à l'aéroport avec deux enfants et sans hôtel",
                Critical,
                Critical,
                &["stranded"],
            ),
            (
                "Il y avait un morceau de verre dans ma salade, je saigne de la bouche",
                Critical,
                Critical,
                &["safety"],
            ),
            (
                "Mon compte a été piraté et quelqu'un utilise ma carte",
                Critical,
                Critical,
                &["account_access"],
            ),
            (
                "Plus d'internet depuis deux semaines, le service client est injoignable",
                High,
                High,
                &["outage", "waiting"],
            ),
            (
                "@northwindair est-ce que je peux prendre un vélo pliant en cabine ?",
                Normal,
                Normal,
                &["question"],
            ),
            ("@northwindair À quelle heure ouvre le salon le dimanche ?", Normal, Normal, &["question"]),
            ("Merci beaucoup pour votre aide, le problème est réglé", None, Low, &[]),
            ("Une belle matinée pour se promener sur le port avec les enfants", None, Low, &[]),
            ("L'équipage était très gentil, j'adore voler avec vous", None, Low, &[]),
        ],
    );
}

#[test]
fn portuguese() {
    check(
        "pt",
        &[
            (
                "Minha mala não chegou e ninguém responde, estou esperando há três dias",
                High,
                High,
                &["lost_stolen_damaged", "repeated_contact", "waiting"],
            ),
            ("Vocês me cobraram duas vezes a mesma passagem e quero o reembolso", High, High, &["money"]),
            ("Estamos presos no aeroporto com duas crianças e sem hotel", Critical, Critical, &["stranded"]),
            (
                "Tinha um caco de vidro na minha salada, minha boca está sangrando",
                Critical,
                Critical,
                &["safety"],
            ),
            ("Minha conta foi invadida e estão usando o meu cartão", Critical, Critical, &["account_access"]),
            (
                "Estou sem internet há duas semanas e ninguém resolve",
                High,
                High,
                &["outage", "repeated_contact"],
            ),
            (
                "@northwindair posso levar uma bicicleta dobrável como bagagem de mão?",
                Normal,
                Normal,
                &["question"],
            ),
            ("@northwindair Quando abre a sala de espera aos domingos?", Normal, Normal, &["question"]),
            ("Muito obrigada pela ajuda, já está tudo resolvido", None, Low, &[]),
            ("Que manhã linda para passear no porto com as crianças", None, Low, &[]),
            ("A tripulação foi muito gentil, adoro voar com vocês", None, Low, &[]),
        ],
    );
}

#[test]
fn accents_and_question_marks_may_be_left_out() {
    let reader = Reader::new();
    for (with, without) in [
        ("Mi maleta no llegó, llevo tres días esperando", "Mi maleta no llego, llevo tres dias esperando"),
        (
            "Minha mala não chegou há três dias, ninguém responde",
            "Minha mala nao chegou ha tres dias, ninguem responde",
        ),
    ] {
        let levels = [with, without].map(|text| reader.read(text, &Context::default()).urgency.level);
        assert_eq!(levels[0], levels[1], "{without}");
    }
}

#[test]
fn a_lawyer_in_the_news_is_no_threat_and_ours_is() {
    let reader = Reader::new();
    for (news, threat) in [
        (
            "Der Anwalt des Ministers sprach gestern im Fernsehen über das Urteil vor vielen Leuten",
            "@northwindair das reicht, mein Anwalt meldet sich bei euch wegen der Rechnung",
        ),
        (
            "El abogado del ministro habló ayer en la televisión sobre el clima de la capital",
            "@northwindair ya basta, los voy a demandar y mi abogado les va a llamar",
        ),
        (
            "Ce matin un juge parlait de son enfance à la radio avec beaucoup de tendresse",
            "@northwindair ça suffit, mon avocat va vous contacter et je vais porter plainte",
        ),
        (
            "O advogado da série falou ontem na televisão sobre a infância dele",
            "@northwindair chega, vou processar vocês e meu advogado vai entrar em contato",
        ),
    ] {
        let level = |text| reader.read(text, &Context::default()).urgency.level;
        assert!(level(news) <= Normal, "{news}: {:?}", level(news));
        assert_eq!(level(threat), Critical, "{threat}");
    }
}

#[test]
fn who_wants_to_buy_is_heard() {
    let reader = Reader::new();
    for text in [
        "@northwindair wo kann ich den blauen Koffer aus dem Katalog bestellen?",
        "@northwindair ¿dónde puedo comprar la maleta azul del catálogo?",
        "@northwindair où est-ce que je peux commander la valise bleue du catalogue ?",
        "@northwindair onde posso comprar a mala azul do catálogo de vocês?",
    ] {
        let reading = reader.read(text, &Context::default());
        assert!(reading.intents.contains(&Intent::PurchaseIntent), "{text}: {:?}", reading.intents);
    }
}
